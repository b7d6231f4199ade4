"""The work of `mores bench`, done by PyTorch and transformers, so that a ratio can be taken in one run.

    pip install torch transformers
    python tests/reference/bench.py --model public/models/standard --threads 2

Prints the JSON that `mores bench --json` prints, engine "pytorch-cpu". One training step is forward,
SA-CPO over groups of candidates, backward, global-norm clipping and AdamW on sequences of `context`
tokens without padding; decoding is one token a step for all sequences, with a KV cache.
"""

import argparse
import json
import statistics
import time

import torch
from transformers import LlamaForCausalLM


def training(folder, batch, context, steps):
    torch.manual_seed(1)
    model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa").train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0)
    candidates = min(batch, 4)
    scores = torch.arange(candidates, dtype=torch.float32).flip(0) + 1
    tokens = torch.randint(0, model.config.vocab_size, (batch, context))
    seconds = []
    for step in range(steps + 1):
        begun = time.perf_counter()
        logits = model(tokens).logits[:, :-1]
        losses = torch.nn.functional.cross_entropy(logits.transpose(1, 2), tokens[:, 1:], reduction="none").mean(1)
        groups = losses.view(-1, candidates)
        best, others = groups[:, :1], groups[:, 1:]
        loss = best.mean()
        if candidates > 1:
            asked = (scores[0] - scores[1:]) / 7 * 10
            loss = loss + 0.2 * torch.relu(best - others + asked).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        loss.item()
        if step:
            seconds.append(time.perf_counter() - begun)
    return batch * context / statistics.median(seconds)


@torch.no_grad()
def decoding(folder, batch, prompt, new, rounds):
    model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa").eval()
    rates = []
    for turn in range(rounds + 1):
        torch.manual_seed(turn)
        tokens = torch.randint(0, model.config.vocab_size, (batch, prompt))
        begun = time.perf_counter()
        out = model(tokens, use_cache=True)
        for _ in range(new):
            probabilities = torch.softmax(out.logits[:, -1], -1)
            token = torch.multinomial(probabilities, 1)
            out = model(token, past_key_values=out.past_key_values, use_cache=True)
        if turn:
            rates.append(batch * new / (time.perf_counter() - begun))
    return statistics.median(rates)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="public/models/standard")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--context", type=int, default=128)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    rows = []
    for batch in (1, 8, 24):
        rate = training(arguments.model, batch, arguments.context, arguments.steps)
        rows.append({"work": "training", "batch": batch, "tokens_per_second": rate})
    for batch in (1, 16, 100):
        rate = decoding(arguments.model, batch, 32, 32, 3)
        rows.append({"work": "decoding", "batch": batch, "tokens_per_second": rate})
    print(json.dumps({"engine": "pytorch-cpu", "threads": arguments.threads, "version": torch.__version__, "rows": rows}))


if __name__ == "__main__":
    main()
