"""Networks: who sees whom.  One network per file; ``NetworkKind`` is any of them,
told apart by ``kind``.
"""

from simulation.networks.barabasi_albert import BarabasiAlbert
from simulation.networks.chung_lu import ChungLu
from simulation.networks.cliques import Cliques
from simulation.networks.communities import Communities
from simulation.networks.complete import Complete
from simulation.networks.configuration import Configuration
from simulation.networks.erdos_renyi import ErdosRenyi
from simulation.networks.files.kind import File
from simulation.networks.holme_kim import HolmeKim
from simulation.networks.karate import Karate
from simulation.networks.path import Path
from simulation.networks.ring import Ring
from simulation.networks.star import Star
from simulation.networks.stochastic_block import StochasticBlock
from simulation.networks.torus import Torus
from simulation.networks.two_node import TwoNode
from simulation.networks.watts_strogatz import WattsStrogatz
from simulation.networks.well_mixed import WellMixed
from simulation.params import any_of

NETWORKS = (Communities, BarabasiAlbert, ChungLu, Cliques, Complete, Configuration, ErdosRenyi,
            File, HolmeKim, Karate, Path, Ring, Star, StochasticBlock, Torus, TwoNode,
            WattsStrogatz, WellMixed)
NetworkKind = any_of(NETWORKS)
