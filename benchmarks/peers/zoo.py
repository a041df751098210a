"""Games of MFGLib and OpenSpiel, solved by each of them: mirror descent with the exploitability of every iteration, one
thread, float64.

    python zoo.py [--eta X] [--iterations K] [--seconds S] [GAME..]      all games by default

Prints a line of CSV for each game and peer that has it: the median of seconds an iteration, how many iterations were taken
from the uniform policy, and the exploitability at both ends. A game is what ./mfg bench solve calls it, so that it finds
these lines (--peers). K are begun again and again for S seconds, the first not counted; where K take longer, fewer are
taken. What fails is told on standard error.
"""
import os

os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import argparse, csv, math, statistics, sys, time
import pyspiel
import torch
from mfglib.alg import OnlineMirrorDescent
from mfglib.env import Environment
from mfglib.scoring import exploitability_score
from open_spiel.python import policy
from open_spiel.python.mfg.algorithms.mirror_descent import MirrorDescent
from open_spiel.python.mfg.algorithms.nash_conv import NashConv
from open_spiel.python.mfg.games import crowd_modelling_2d, factory, normal_form_game  # noqa: F401, the last registers its game

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def mfglib(env, eta):
    """The exploitability of policies 0, 1, 2, .. by MFGLib, as its solve computes them."""
    solver = OnlineMirrorDescent(alpha=eta)
    state = solver.init_state(env, torch.ones((env.T + 1, *env.S, *env.A)) / env.n_actions)
    while True:
        yield exploitability_score(env, state.pi)
        state = solver.step_next_state(state, None, None)


class Tabular(MirrorDescent):
    """OpenSpiel's mirror descent with the policy read before the values change that it is made of."""

    def __init__(self, game, lr):
        super().__init__(game, lr=lr)
        self._states = policy.get_tabular_policy_states(game)

    def get_projected_policy(self):
        return super().get_projected_policy().to_tabular(states=self._states)


def openspiel(game, eta):
    """The same by OpenSpiel. In a routing game the states that there are depend on the policy: no table."""
    routes = "routing" in game.get_type().short_name
    solver = (MirrorDescent if routes else Tabular)(game, lr=eta)
    while True:
        yield NashConv(game, solver.get_policy()).nash_conv()
        solver.iteration()


def rising(*shape):
    """A distribution in proportion to 1, 2, 3, .."""
    mu = torch.arange(1.0, math.prod(shape) + 1)
    return (mu / mu.sum()).reshape(shape)


def environment(rounds, moves, reward, mu0):
    """A game for MFGLib whose moves, (next state, state, action), do not depend on the population."""
    _, states, actions = moves.shape
    return Environment(
        T=rounds - 1, S=(states,), A=(actions,), mu0=mu0, r_max=1.0,
        reward_fn=lambda env, t, L: reward(t, L.sum(dim=1)), transition_fn=lambda env, t, L: moves)


def ring(places, most, noise):
    """Moves on a ring by -most..most, then by noise of the same size with the given weights."""
    moves = torch.zeros(places, places, 2 * most + 1)
    for x in range(places):
        for u in range(-most, most + 1):
            for n, weight in zip(range(-most, most + 1), noise):
                moves[(x + u + n) % places, x, u + most] += weight
    return moves


def lq_ring():
    phi = lambda x: (1 + math.erf(x / math.sqrt(2))) / 2
    edges = [-math.inf, *(n + 0.5 for n in range(-3, 3)), math.inf]
    x, u = torch.arange(10.0)[:, None], torch.arange(-3.0, 4)

    def reward(t, mu):
        away = (mu * x[:, 0]).sum() - x
        cost = 0.5 * away**2 if t < 10 else away**2
        return ((-u**2 + 0.02 * u * away if t < 10 else 0 * u) - cost) / 2

    return environment(11, ring(10, 3, [phi(b) - phi(a) for a, b in zip(edges, edges[1:])]), reward, rising(10))


def periodic_aversion():
    noise = torch.exp(-((torch.arange(-10.0, 11) / 20) ** 2) / 0.02)
    x, v = 2 * math.pi * torch.arange(21.0)[:, None] / 20, 5 * torch.arange(-10.0, 11)
    place = 2 * math.pi**2 * (torch.sin(x) - torch.cos(x) ** 2) + 2 * torch.sin(x)
    reward = lambda t, mu: 0.01 * (-v**2 / 2 - torch.log(20 * mu[:, None] + 1e-15) + place)
    return environment(20, ring(21, 10, noise / noise.sum()), reward, torch.ones(21) / 21)


def crowd_torus(n=10):
    steps = [(0, -1), (-1, 0), (0, 0), (1, 0), (0, 1)]
    moves = torch.zeros(n * n, n * n, 5)
    for s in range(n * n):
        for a, (i, j) in enumerate(steps):
            for k, l in steps:
                moves[(s // n + i + k) % n * n + (s % n + j + l) % n, s, a] += 0.2
    x, y = torch.arange(n * n)[:, None] // n, torch.arange(n * n)[:, None] % n
    base = 2 - 0.2 * (x - 5).abs() - 0.2 * (y - 5).abs() - 0.1 * torch.tensor([1, 1, 0, 1, 1])
    return environment(10, moves, lambda t, mu: base - torch.log(mu[:, None] + 1e-25), rising(n * n))


def garnet(states=20, actions=5):
    def numbers(x=1):
        while True:
            x = (6364136223846793005 * x + 1442695040888963407) % 2**64
            yield (x >> 11) / 2**53

    u = numbers()
    moves, own = torch.zeros(states, states, actions), torch.zeros(states, actions)
    for s in range(states):
        for a in range(actions):
            own[s, a] = next(u)
            weights = [next(u) for _ in range(3)]
            for weight in weights:
                moves[int(states * next(u)), s, a] += weight / sum(weights)
    return environment(10, moves, lambda t, mu: own - torch.log(mu[:, None] + 1e-25), torch.ones(states) / states)


def grid(rows, **more):
    """A game of OpenSpiel in rooms."""
    return pyspiel.load_game("mfg_crowd_modelling_2d", dict(
        forbidden_states=crowd_modelling_2d.grid_to_forbidden_states(rows), size=len(rows),
        only_distribution_reward=True, **more))


MFGLIB = {
    "building": lambda: Environment.building_evacuation(T=7, n_floor=3, floor_l=4, floor_w=4, mu0=rising(3, 4, 4)),
    "building:floors=5,height=10,width=10": lambda: Environment.building_evacuation(T=7, mu0=rising(5, 10, 10)),
    "treasure": lambda: Environment.conservative_treasure_hunting(
        r=(1.0, 0.8, 0.5), c=(1.0, 0.5, 2.0, 1.0, 1.0), mu0=torch.tensor([0.5, 0.3, 0.2])),
    "crowd-motion": lambda: Environment.crowd_motion(T=5, torus_l=5, torus_w=4, mu0=rising(5, 4)),
    "crowd-motion:height=20,width=20": lambda: Environment.crowd_motion(T=5, mu0=rising(20, 20)),
    "price": lambda: Environment.equilibrium_price(
        d=2.0, e0=0.5, sigma=1.2, c=(0.2, 0.1, 0.3, 0.1, 0.05), mu0=torch.tensor([0.1, 0.2, 0.3, 0.4])),
    "lq": lambda: Environment.linear_quadratic(mu0=rising(11)),
    "random-linear": lambda: Environment.random_linear(n=3, m=2.0, mu0=torch.tensor([0.5, 0.3, 0.2])),
    "rps": Environment.rock_paper_scissors,
    "left-right": Environment.left_right,
    "sis": Environment.susceptible_infected,
    "mfglib-beach-bar": Environment.beach_bar,
    # OpenSpiel's, as they are meant
    "lq-ring": lq_ring,
    "periodic-aversion": periodic_aversion,
    "crowd-torus-10x10": crowd_torus,
    "garnet-20x5": garnet,
}

OPENSPIEL = {
    "crowd-modelling": lambda: pyspiel.load_game("mfg_crowd_modelling"),
    "ring-room": lambda: grid(
        ["#####", "#   #", "# # #", "#   #", "#####"], horizon=8, noise_intensity=0.4,
        initial_distribution="[1|1;3|3]", initial_distribution_value="[0.75;0.25]"),
    "four-rooms": lambda: factory.create_game_with_setting("mfg_crowd_modelling_2d", "crowd_modelling_2d_four_rooms"),
    "predator-prey": lambda: factory.create_game_with_setting("python_mfg_predator_prey", "predator_prey_5x5x3"),
    "crowd-avoidance": lambda: pyspiel.load_game("python_mfg_crowd_avoidance", {"coef_congestion": 2.0}),
    "braess": lambda: factory.create_game_with_setting("python_mfg_dynamic_routing", "dynamic_routing_braess"),
    "nfg-coop": lambda: pyspiel.load_game("mean_field_nfg", {"reward_function": "coop"}),
    "nfg-dom": lambda: pyspiel.load_game("mean_field_nfg", {"reward_function": "dom"}),
    "nfg-rps": lambda: pyspiel.load_game("mean_field_nfg", {"reward_function": "biased_indirect_rps"}),
    # as they are, with the costs of other actions: not the same numbers, but the same work
    "lq-ring": lambda: pyspiel.load_game("mean_field_lin_quad"),
    "periodic-aversion": lambda: pyspiel.load_game("python_mfg_periodic_aversion"),
    "crowd-torus-10x10": lambda: pyspiel.load_game("mfg_crowd_modelling_2d"),
    "garnet-20x5": lambda: pyspiel.load_game("mfg_garnet", {"size": 20, "num_action": 5}),
}


def measure(begin, most, limit):
    """Median of seconds an iteration, how many were taken, exploitability before and after."""
    begun = time.perf_counter()
    inside = lambda: time.perf_counter() - begun < limit
    times, taken = [], None
    while taken is None or inside():
        policies, each = begin(), []
        first = last = float(next(policies))
        while len(each) < (taken or most) and (inside() or not each):
            start = time.perf_counter()
            last = float(next(policies))
            each.append(time.perf_counter() - start)
        if taken is None:
            taken, ends, warm = len(each), (first, last), each
        else:
            times += each
    return statistics.median(times or warm), taken, *ends


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("games", nargs="*", metavar="GAME")
    parser.add_argument("--eta", type=float, default=0.1, help="step size (%(default)s)")
    parser.add_argument("--iterations", type=int, default=10, help="at most so many from the start (%(default)s)")
    parser.add_argument("--seconds", type=float, default=5, help="for each game (%(default)s)")
    asked = parser.parse_args()
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow("game peer secondsPerIteration iterations exploitability0 exploitabilityK".split())
    for peer, games, solve in ("MFGLib", MFGLIB, mfglib), ("OpenSpiel", OPENSPIEL, openspiel):
        for name, build in games.items():
            if asked.games and name not in asked.games:
                continue
            try:
                game = build()
                figures = measure(lambda: solve(game, asked.eta), asked.iterations, asked.seconds)
                table.writerow((name, peer, *figures))
                sys.stdout.flush()
            except Exception as e:
                print(f"{peer} fails on {name}: {e!r}", file=sys.stderr)


main()
