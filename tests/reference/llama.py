"""Writes the fixtures that hold our Llama to Hugging Face's, with `transformers` and `torch`.

    python tests/reference/llama.py            (any recent CPU versions; about ten seconds)

For each of two tiny models (`gqa_untied`: grouped-query attention, separate head; `mha_tied`:
as many key heads as heads, head tied to the embedding), `tests/fixtures/llama/NAME/` gets

config.json, model.safetensors   the model as `save_pretrained` writes it (float32)
expected.json
    tokens      a text, and
    logits      the model's logits for it, one row a position
    step        one training step:
        query       prompt tokens
        candidates  [{"response": tokens including the end token, "rating": 1..7}, ...]
        lambda, margin, scale                      of the objective below
        learning_rate, beta_1, beta_2, epsilon, weight_decay   of AdamW (every weight decays)
        losses      l_i of each candidate, loss    the objective L
step.safetensors
    gradient.NAME   dL/dNAME for every weight NAME of model.safetensors (no clipping)
    updated.NAME    that weight after one `torch.optim.AdamW` step

The objective is SA-CPO, corrected form. l_i is the mean cross-entropy over the tokens of response
i after the query; b is the candidate of the highest rating (the first of equals);

    L = l_b + lambda * mean over i != b of max(0, l_b - l_i + (r_b - r_i) / scale * margin)
"""

import json
import pathlib

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures" / "llama"

SHAPES = {
    "gqa_untied": dict(
        vocab_size=97,
        hidden_size=36,
        intermediate_size=53,
        num_hidden_layers=2,
        num_attention_heads=6,
        num_key_value_heads=2,
        head_dim=8,
        rms_norm_eps=1e-5,
        rope_theta=10000.0,
        tie_word_embeddings=False,
    ),
    "mha_tied": dict(
        vocab_size=89,
        hidden_size=32,
        intermediate_size=45,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=4,
        head_dim=8,
        rms_norm_eps=1e-6,
        rope_theta=500.0,
        tie_word_embeddings=True,
    ),
}
END = 2
STEP = {
    "lambda": 0.2,
    "margin": 10.0,
    "scale": 7.0,
    "learning_rate": 1e-3,
    "beta_1": 0.9,
    "beta_2": 0.999,
    "epsilon": 1e-8,
    "weight_decay": 0.01,
}


def tokens(generator, vocabulary, count):
    return torch.randint(3, vocabulary, (count,), generator=generator).tolist()


def objective(model, query, candidates):
    losses = []
    for candidate in candidates:
        text = torch.tensor([query + candidate["response"]])
        logits = model(input_ids=text).logits[0]
        start = len(query)
        losses.append(torch.nn.functional.cross_entropy(logits[start - 1 : -1], text[0, start:]))
    ratings = [candidate["rating"] for candidate in candidates]
    best = ratings.index(max(ratings))
    hinges = [
        torch.clamp(losses[best] - loss + (ratings[best] - rating) / STEP["scale"] * STEP["margin"], min=0.0)
        for i, (loss, rating) in enumerate(zip(losses, ratings))
        if i != best
    ]
    return losses[best] + STEP["lambda"] * torch.stack(hinges).mean(), losses


def write(name, shape, seed):
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    config = LlamaConfig(
        **shape, max_position_embeddings=64, bos_token_id=1, eos_token_id=END, pad_token_id=0
    )
    config._attn_implementation = "eager"
    model = LlamaForCausalLM(config).float().eval()
    with torch.no_grad():
        # Larger weights than a fresh model's, and norms away from one: differences must show.
        for weight in model.parameters():
            noise = torch.randn(weight.shape, generator=generator)
            weight.copy_(0.2 * noise if weight.dim() == 2 else 1.0 + 0.3 * noise)
    folder = FIXTURES / name
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder, safe_serialization=True)

    text = tokens(generator, shape["vocab_size"], 23)
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([text])).logits[0]

    query = tokens(generator, shape["vocab_size"], 9)
    candidates = [
        {"response": tokens(generator, shape["vocab_size"], length) + [END], "rating": rating}
        for length, rating in ((6, 3), (11, 7), (4, 5))
    ]
    optimizer = torch.optim.AdamW(
        model.parameters(),
        lr=STEP["learning_rate"],
        betas=(STEP["beta_1"], STEP["beta_2"]),
        eps=STEP["epsilon"],
        weight_decay=STEP["weight_decay"],
    )
    loss, losses = objective(model, query, candidates)
    loss.backward()
    named = list(model.named_parameters())  # a tied head appears once
    state = {f"gradient.{key}": weight.grad.clone().contiguous() for key, weight in named}
    optimizer.step()
    state |= {f"updated.{key}": weight.detach().clone().contiguous() for key, weight in named}
    save_file(state, folder / "step.safetensors")
    step = {
        "query": query,
        "candidates": candidates,
        **STEP,
        "losses": [value.item() for value in losses],
        "loss": loss.item(),
    }
    expected = {"tokens": text, "logits": logits.tolist(), "step": step}
    (folder / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")
    unused = folder / "generation_config.json"
    unused.unlink(missing_ok=True)
    print(name, "loss", loss.item(), "losses", step["losses"])


if __name__ == "__main__":
    for seed, (name, shape) in enumerate(SHAPES.items(), start=1):
        write(name, shape, seed)
