"""An epoch of PPO as benchmarks' `Learning` has it (A-Taxi in the paper's size: 1000 taxis, 128 rounds, what they see are 57 numbers,
two networks 57-128-128-5 and 57-128-128-1, leaky ReLU), in JAX: 4 passes of 16384 samples a step, Adam, compiled, float32, one
thread. What taxis see is drawn at random, as many ones as in a city; an episode is played by both networks, less the city itself.

    python ppo.py [EPOCHS]

Prints the median of seconds to learn from an epoch, to play one (less the city), and both.
"""
import os, sys, time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
import jax, jax.numpy as jnp
import numpy as np

EPOCHS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
AGENTS, ROUNDS, F, HIDDEN, A = 1000, 128, 57, 128, 5
PLACES, BATCH, PASSES = AGENTS * ROUNDS, 16384, 4
RATE, CLIP, ENTROPY, VALUE, NORM = 2.5e-4, 0.2, 6e-3, 0.9, 0.5

rng = np.random.default_rng(1)


def network(outputs):
    sizes = [F, HIDDEN, HIDDEN, outputs]
    return [(jnp.asarray(rng.normal(0, 0.1, (i, o)), jnp.float32), jnp.zeros(o)) for i, o in zip(sizes, sizes[1:])]


def forward(theta, x):
    for w, b in theta[:-1]:
        x = jax.nn.leaky_relu(x @ w + b, 0.01)
    w, b = theta[-1]
    return x @ w + b


def loss(theta, seen, action, old, advantage, target):
    logits = jax.nn.log_softmax(forward(theta[0], seen))
    ratio = jnp.exp(logits[jnp.arange(len(action)), action] - old)
    advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
    policy = -jnp.minimum(ratio * advantage, jnp.clip(ratio, 1 - CLIP, 1 + CLIP) * advantage).mean()
    entropy = -(jnp.exp(logits) * logits).sum(1).mean()
    value = 0.5 * ((forward(theta[1], seen)[:, 0] - target) ** 2).mean()
    return policy - ENTROPY * entropy + VALUE * value


@jax.jit
def step(theta, mean, square, t, seen, action, old, advantage, target):
    gradient = jax.grad(loss)(theta, seen, action, old, advantage, target)
    norm = jnp.sqrt(sum((g**2).sum() for g in jax.tree_util.tree_leaves(gradient)))
    gradient = jax.tree_util.tree_map(lambda g: g * jnp.minimum(1, NORM / (norm + 1e-6)), gradient)
    mean = jax.tree_util.tree_map(lambda m, g: 0.9 * m + 0.1 * g, mean, gradient)
    square = jax.tree_util.tree_map(lambda v, g: 0.999 * v + 0.001 * g * g, square, gradient)
    theta = jax.tree_util.tree_map(
        lambda p, m, v: p - RATE * m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-5), theta, mean, square
    )
    return theta, mean, square


@jax.jit
def act(theta, seen):
    return forward(theta[0], seen), forward(theta[1], seen)


def main():
    seen = np.zeros((PLACES, F), np.float32)
    seen[np.arange(PLACES), rng.integers(0, 19, PLACES)] = 1
    seen[:, 19:37] = rng.random((PLACES, 18)) < 0.8
    seen[np.arange(PLACES), 37 + rng.integers(0, 19, PLACES)] = 1
    seen[:, 56] = np.repeat(np.arange(ROUNDS) / ROUNDS, AGENTS)
    action = rng.integers(0, A, PLACES).astype(np.int32)
    old = np.full(PLACES, -np.log(A), np.float32)
    advantage = rng.normal(size=PLACES).astype(np.float32)
    target = rng.normal(10, 5, PLACES).astype(np.float32)
    theta = (network(A), network(1))
    mean = jax.tree_util.tree_map(jnp.zeros_like, theta)
    square = jax.tree_util.tree_map(jnp.zeros_like, theta)
    learning, playing, t = [], [], 0
    for _ in range(EPOCHS + 1):  # the first compiles
        start = time.perf_counter()
        for h in range(ROUNDS):
            jax.block_until_ready(act(theta, seen[h * AGENTS : (h + 1) * AGENTS]))
        playing.append(time.perf_counter() - start)
        start = time.perf_counter()
        for _ in range(PASSES):
            order = rng.permutation(PLACES)
            for at in range(0, PLACES, BATCH):
                which = order[at : at + BATCH]
                t += 1
                theta, mean, square = step(
                    theta, mean, square, t, seen[which], action[which], old[which], advantage[which], target[which]
                )
        jax.block_until_ready(theta)
        learning.append(time.perf_counter() - start)
    learn, play = np.median(learning[1:]), np.median(playing[1:])
    print(f"learning {learn:.3f} s, playing {play:.3f} s, both {learn + play:.3f} s an epoch, median of {EPOCHS}")


main()
