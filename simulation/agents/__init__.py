"""The Mesa face: people, brand teams and business units as agents.

    Customer, Influencer, Expert, Employee   people, by role; handles are made on demand
    BrandTeam, BusinessUnit                  firms; few, made with the model

Where a subclass of one of the six defines ``step``, it is called for each of its agents before
``events`` of every step, class by class, people in the order of rows.
"""

from .firms import BrandTeam, BusinessUnit, Firm
from .market import Market, make_agents, python_steps
from .people import Customer, Employee, Expert, Influencer, Person
from .sets import AgentsOf

__all__ = ["AgentsOf", "BrandTeam", "BusinessUnit", "Customer", "Employee", "Expert", "Firm",
           "Influencer", "Market", "Person", "make_agents", "python_steps"]
