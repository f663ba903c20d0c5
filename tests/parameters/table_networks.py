"""Networks: what the ties look like, and what strength and visibility do to readers."""

from pathlib import Path

from tests.parameters import outputs as of
from tests.parameters.row import Row
from tests.parameters.worlds import CONTACTS, OWNERS, TIES

FILES = Path(__file__).parent / "files"
STRANGERS = (*CONTACTS, "network.mean_degree=0", "adoption=cascade", "adoption.q=0.5", "adoption.p=0.05")
MATCHING = (*STRANGERS, "network.meetings.kind=matching", "+network.meetings.strength=0.5")
CLIQUES = (*CONTACTS[:4], "network=cliques_fixed", *CONTACTS[6:], "adoption=cascade", "adoption.q=0.3")
FRESH = (*CONTACTS[:4], "network=cliques_fresh", *CONTACTS[6:], "adoption=cascade", "adoption.q=0.3")
INFLUENCERS = (*OWNERS, "network.influencers=0.1", "network.influencer_base=20", "network.influencer_cap=0.5",
               "feed.reshare=0")
MANY = (*TIES, "network.influencers=0.1", "network.influencer_base=5", "network.influencer_cap=0.5")


def on(network):
    """Return two hundred people on one network, without anything happening."""
    return (*TIES, f"network={network}")


def file(name, *more):
    """Return a network from one of the files beside this table."""
    return (*on("file"), f'network.path="{FILES / name}"', *more)


def row(kind, name, low, high, output, direction, why, world=None, **more):
    """Return a row about one network."""
    return Row(f"network.{name}", world or on(kind), low, high, output, direction, why, kind=kind, **more)


def luck_of(kind, world=None):
    """Return the row that says that the ties of a network follow from its seed."""
    return row(kind, "seed", 1, 2, of.network, "changes", "the ties are drawn anew", world)


NETWORKS = (
    Row("network.meetings.strength", MATCHING, 0.05, 1.0, of.adopters, "+", "a strong meeting convinces",
        kind="matching"),
    Row("network.meetings.weak", FRESH, 1, 30, of.adopters, "+", "more people met, more who convince",
        kind="cliques_with_weak"),
    Row("network.meetings.strength", FRESH, 0.001, 0.5, of.adopters, "+", "a strong meeting convinces",
        kind="cliques_with_weak"),

    luck_of("communities"),
    row("communities", "communities", 2, 20, of.ties_inside_communities, "-", "weak ties find fewer of their own"),
    row("communities", "neighbours", 2, 8, of.ties, "+", "everybody has more ties"),
    row("communities", "rewiring", 0.0, 1.0, of.clustering, "-", "rewiring opens triangles",
        (*TIES, "network.communities=4")),
    row("communities", "weak_per_person", 0.0, 5.0, of.ties, "+", "more ties across"),
    row("communities", "weak_strength", 0.05, 1.0, of.weight_of_reading, "+", "what comes across weighs more",
        (*OWNERS, "network.weak_per_person=5")),
    row("communities", "weak_visibility", 0.05, 1.0, of.feed_reads, "+", "more of it is seen",
        (*OWNERS, "network.weak_per_person=5")),
    row("communities", "influencers", 0.0, 0.2, of.ties, "+", "more people with extra followers"),
    row("communities", "influencer_base", 2, 20, of.ties, "+", "more extra followers", MANY),
    row("communities", "influencer_tail", 0.5, 5.0, of.ties, "-", "a light tail has fewer giants", MANY),
    row("communities", "influencer_cap", 0.02, 0.5, of.most_followers, "+", "nobody has more followers than this",
        MANY),
    row("communities", "influencer_local", 0.0, 1.0, of.ties_inside_communities, "+", "followers are at home",
        (*MANY, "network.communities=4")),
    row("communities", "influencer_strength", 0.05, 1.0, of.weight_of_reading, "+", "followers listen more",
        INFLUENCERS),
    row("communities", "influencer_visibility", 0.05, 1.0, of.feed_reads, "+", "followers see more", INFLUENCERS),

    luck_of("barabasi_albert"),
    row("barabasi_albert", "ties_each", 1, 6, of.ties, "+", "newcomers make more ties"),

    luck_of("chung_lu"),
    row("chung_lu", "exponent", 0.0, 4.0, of.ties, "-", "a steep law has few hubs"),
    row("chung_lu", "min_degree", 1, 6, of.ties, "+", "nobody is expected to have fewer ties"),
    row("chung_lu", "max_degree", 6, 100, of.most_followers, "+", "nobody is expected to have more ties"),

    luck_of("cliques", on("cliques_fixed")),
    row("cliques", "clique_size", 3, 12, of.ties, "+", "more people in every clique", on("cliques_fixed")),
    row("cliques", "weak", 0, 12, of.ties, "+", "more ties across", on("cliques_fixed")),
    row("cliques", "strong_strength", 0.05, 1.0, of.adopters, "+", "friends convince", CLIQUES),
    row("cliques", "weak_strength", 0.01, 1.0, of.adopters, "+", "acquaintances convince", CLIQUES),

    luck_of("configuration"),
    row("configuration", "exponent", 0.0, 4.0, of.ties, "-", "a steep law has few hubs"),
    row("configuration", "min_degree", 1, 6, of.ties, "+", "nobody has fewer ties"),
    row("configuration", "max_degree", 6, 100, of.most_followers, "+", "nobody has more ties"),
    row("configuration", "directed", False, True, of.mutual_ties, "-", "followers need not be followed"),

    luck_of("erdos_renyi"),
    row("erdos_renyi", "mean_degree", 2.0, 12.0, of.ties, "+", "more ties each"),

    row("file", "path", str(FILES / "pairs.csv"), str(FILES / "more_pairs.csv"), of.network, "changes",
        "another file, another network", file("pairs.csv")),
    row("file", "format", "auto", "edges", of.people, "-", "the same text read as a graph, or word by word as ties",
        file("graph.gml")),
    row("file", "header", "yes", "no", of.people, "+", "the names of the columns count as two people",
        file("pairs.csv")),
    row("file", "directed", False, True, of.ties, "-", "a line is one tie and not two", file("pairs.csv")),
    row("file", "direction", "source_influences_target", "target_influences_source", of.most_followers, "-",
        "who names many is then followed by few", file("pairs.csv", "network.directed=true")),
    row("file", "source_column", "", "other", of.network, "changes", "ties begin elsewhere", file("pairs.csv")),
    row("file", "target_column", "", "other", of.network, "changes", "ties end elsewhere", file("pairs.csv")),
    row("file", "source_id_columns", [], ["from", "group"], of.people, "+", "1/red and 1/blue are two people",
        file("pairs.csv")),
    row("file", "target_id_columns", [], ["to", "group"], of.people, "+", "2/red and 2/blue are two people",
        file("pairs.csv")),
    row("file", "strength_column", "", "weight", of.strength_of_ties, "-", "the weights of the file are below 1",
        file("pairs.csv")),
    row("file", "strength_scale", "as_is", "divide_by_max", of.strength_of_ties, "+", "the largest becomes 1",
        file("pairs.csv", "network.strength_column=weight")),
    row("file", "default_strength", 0.1, 1.0, of.strength_of_ties, "+", "ties without a weight have this",
        file("pairs.csv")),
    row("file", "default_visibility", 0.1, 1.0, of.visibility_of_ties, "+", "no file says how visible ties are",
        file("pairs.csv")),
    row("file", "kind_column", "", "group", of.kinds_of_ties, "+", "ties are told apart by a column",
        file("pairs.csv")),
    row("file", "only_column", "group", "also", of.ties, "-", "another column decides which lines are kept",
        file("pairs.csv", "network.only_column=group", "network.only_values=[red]")),
    row("file", "only_values", ["red"], ["red", "blue"], of.ties, "+", "more lines are kept",
        file("pairs.csv", "network.only_column=group", "network.only_values=[red]")),
    row("file", "nodes_path", "", str(FILES / "people.csv"), of.people, "+", "people without ties come in",
        file("pairs.csv")),
    row("file", "id_columns", [], ["number"], of.network, "changes", "people are known by another column",
        file("pairs.csv", f'network.nodes_path="{FILES / "people.csv"}"', "network.unknown_ids=drop")),
    row("file", "community_column", "", "home", of.communities, "+", "people live somewhere",
        file("pairs.csv", f'network.nodes_path="{FILES / "people.csv"}"')),
    row("file", "unknown_ids", "drop", "add", of.people, "+", "strangers are made people",
        file("more_pairs.csv", f'network.nodes_path="{FILES / "people.csv"}"', "network.unknown_ids=drop")),
    row("file", "unknown_ids", "drop", "error", of.people, "refuses", "strangers are an error",
        file("more_pairs.csv", f'network.nodes_path="{FILES / "people.csv"}"', "network.unknown_ids=drop")),
    row("file", "duplicates", "strongest", "error", of.ties, "refuses", "a pair that comes twice is an error",
        file("more_pairs.csv")),

    luck_of("holme_kim"),
    row("holme_kim", "ties_each", 2, 6, of.ties, "+", "newcomers make more ties"),
    row("holme_kim", "triangles", 0.0, 1.0, of.clustering, "+", "friends of friends become friends"),

    row("ring", "sides", "one_sided", "two_sided", of.ties, "+", "everybody sees both neighbours"),

    luck_of("stochastic_block"),
    row("stochastic_block", "sizes", [1.0, 1.0], [1.0, 1.0, 1.0, 1.0], of.communities, "+", "one per number"),
    row("stochastic_block", "degree_inside", 1.0, 12.0, of.ties, "+", "more ties inside"),
    row("stochastic_block", "degree_between", 0.0, 8.0, of.ties, "+", "more ties across"),

    luck_of("torus", (*on("torus"), "population.size=196", "network.rewiring=0.5")),
    row("torus", "neighbourhood", "von_neumann", "moore", of.ties, "+", "diagonals count too",
        (*on("torus"), "population.size=196")),
    row("torus", "rewiring", 0.0, 1.0, of.clustering, "-", "rewiring opens triangles",
        (*on("torus"), "population.size=196")),

    luck_of("watts_strogatz"),
    row("watts_strogatz", "neighbours", 2, 12, of.ties, "+", "everybody has more ties"),
    row("watts_strogatz", "rewiring", 0.0, 1.0, of.clustering, "-", "rewiring opens triangles"),
)
