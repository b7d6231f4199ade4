"""Losses and gradients of every objective by PyTorch's autograd, in float64.

    pip install torch
    python tests/reference/objectives.py > tests/fixtures/objectives.json

One question with five answers; each objective is written here as its paper writes it, by token
log-probabilities, and differentiated by them. `src/alignment/objective/tests.rs` compares.
"""

import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

TOKENS = [
    [-0.81, -0.33, -1.52, -0.07],
    [-0.45, -1.23],
    [-2.10, -0.64, -0.18, -2.95, -0.51],
    [-0.09, -0.27, -0.74],
    [-1.36, -2.41, -0.88],
]
SCORES = [3.2, 6.5, 1.0, 4.4, 6.0]
AWAY = [0.06, -0.31, 0.37, -0.04, 0.12]
DRIFT = [0.21, -0.28, 0.13, 0.42, -0.17]

REFERENCE = [[t - d + 0.05 * i for i, t in enumerate(row)] for row, d in zip(TOKENS, DRIFT)]
SAMPLED = [[t + AWAY[i % 5] for i, t in enumerate(row)] for row in TOKENS]


def sa_cpo(means, scores, margin=10.0, weight=0.2, scale=7.0, clamp="each", flow="mean", by_place=False):
    losses = -means
    best = int(torch.argmax(scores))
    others = [i for i in range(len(scores)) if i != best]
    if by_place:
        scores = torch.trunc(scores)
        ranked = torch.sort(scores, descending=True).values
    else:
        ranked = scores
    short = torch.stack([losses[best] - losses[i] + (scores[best] - ranked[i]) / scale * margin for i in others])
    if flow == "max":
        part = torch.relu(short.max())
    elif clamp == "each":
        part = torch.relu(short).mean()
    else:
        part = torch.relu(short.mean())
    return losses[best] + weight * part


def preferring(loss):
    """The mean of a loss of a pair over the best answer with every worse one."""

    def of(x):
        best = int(torch.argmax(x.scores))
        worse = [i for i in range(len(x.scores)) if x.scores[i] < x.scores[best]]
        return torch.stack([loss(x, best, i) for i in worse]).mean()

    return of


def ahead(x, w, l):
    return (x.sums[w] - x.references[w]) - (x.sums[l] - x.references[l])


def log_odds(mean):
    return mean - torch.log1p(-torch.exp(mean))


def rrhf(x):
    loss = -x.means[int(torch.argmax(x.scores))]
    for i in range(len(x.scores)):
        for j in range(len(x.scores)):
            if x.scores[i] < x.scores[j]:
                loss = loss + torch.relu(x.means[i] - x.means[j])
    return loss


def kto(x, beta=0.3, desirable=1.0, undesirable=1.5, threshold=4.0, point=0.4):
    parts = []
    for sum_, reference, score in zip(x.sums, x.references, x.scores):
        gain = sum_ - reference
        if score >= threshold:
            parts.append(desirable * (1 - torch.sigmoid(beta * (gain - point))))
        else:
            parts.append(undesirable * (1 - torch.sigmoid(beta * (point - gain))))
    return torch.stack(parts).mean()


def unlikelihood(x, weight=0.5):
    best = int(torch.argmax(x.scores))
    worse = [i for i in range(len(x.scores)) if x.scores[i] < x.scores[best]]
    parts = [-torch.log((1 - torch.exp(x.tokens[i])).clamp(min=1e-6)).mean() for i in worse]
    return -x.means[best] + weight * torch.stack(parts).mean()


def policy(x, clip=0.2, kl_weight=0.05):
    advantages = (x.scores - x.scores.mean()) / x.scores.std(correction=0)
    parts = []
    for tokens, sampled, reference, advantage in zip(x.tokens, x.sampled, x.reference_tokens, advantages):
        ratio = torch.exp(tokens - sampled)
        gain = torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage)
        gap = reference - tokens
        parts.append((gain - kl_weight * (torch.exp(gap) - gap - 1)).mean())
    return -torch.stack(parts).mean()


class Question:
    def __init__(self):
        self.tokens = [torch.tensor(row, requires_grad=True) for row in TOKENS]
        self.reference_tokens = [torch.tensor(row) for row in REFERENCE]
        self.sampled = [torch.tensor(row) for row in SAMPLED]
        self.sums = torch.stack([row.sum() for row in self.tokens])
        self.means = torch.stack([row.mean() for row in self.tokens])
        self.references = torch.stack([row.sum() for row in self.reference_tokens])
        self.scores = torch.tensor(SCORES)


def contrast(**numbers):
    return lambda x: sa_cpo(x.means, x.scores, **numbers)


SMALL = {"margin": 1.0, "weight": 0.5}
CASES = {
    "sft-all": lambda x: -x.means.mean(),
    "sft-best": lambda x: -x.means[int(torch.argmax(x.scores))],
    "sa-cpo corrected": contrast(),
    "sa-cpo paper": contrast(clamp="mean"),
    "sa-cpo official": contrast(clamp="mean", by_place=True),
    "sa-cpo corrected small": contrast(**SMALL),
    "sa-cpo paper small": contrast(clamp="mean", **SMALL),
    "sa-cpo official max": contrast(flow="max", by_place=True),
    "sa-cpo paper max small": contrast(flow="max", **SMALL),
    "dpo": preferring(lambda x, w, l: -F.logsigmoid(0.1 * ahead(x, w, l))),
    "ipo": preferring(lambda x, w, l: (ahead(x, w, l) - 1 / (2 * 0.2)) ** 2),
    "rrhf": rrhf,
    "slic": lambda x: preferring(lambda x, w, l: torch.relu(1.0 - x.sums[w] + x.sums[l]))(x)
    - 0.1 * x.sums[int(torch.argmax(x.scores))],
    "orpo": lambda x: preferring(lambda x, w, l: -0.25 * F.logsigmoid(log_odds(x.means[w]) - log_odds(x.means[l])))(x)
    - x.means[int(torch.argmax(x.scores))],
    "simpo": preferring(lambda x, w, l: -F.logsigmoid(2.0 * (x.means[w] - x.means[l]) - 0.5)),
    "kto": kto,
    "unlikelihood": unlikelihood,
    "policy": policy,
}


def reward():
    predicted = torch.tensor([0.4, -0.2, 1.1, 0.3], requires_grad=True)
    scores = [3.0, 6.0, 1.0, 3.0]
    pairs = [(i, j) for i in range(4) for j in range(4) if scores[i] > scores[j]]
    loss = torch.stack([-F.logsigmoid(predicted[i] - predicted[j]) for i, j in pairs]).mean()
    loss.backward()
    return {"predicted": predicted.tolist(), "scores": scores, "loss": loss.item(), "gradient": predicted.grad.tolist()}


def main():
    cases = []
    for name, objective in CASES.items():
        question = Question()
        loss = objective(question)
        loss.backward()
        gradient = [[0.0] * len(row) if row.grad is None else row.grad.tolist() for row in question.tokens]
        cases.append({"name": name, "loss": loss.item(), "gradient": gradient})
    responses = [
        {"tokens": t, "reference": r, "sampled": s, "score": score}
        for t, r, s, score in zip(TOKENS, REFERENCE, SAMPLED, SCORES)
    ]
    made_by = f"torch {torch.__version__.split('+')[0]}, float64, tests/reference/objectives.py"
    print(json.dumps({"made_by": made_by, "responses": responses, "cases": cases, "reward": reward()}, indent=1))


if __name__ == "__main__":
    main()
