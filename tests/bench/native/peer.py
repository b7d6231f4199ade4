"""PyTorch, eager, at the work of `mores bench`: `./lab bench native` starts it and has it take turns with ours.

    python tests/bench/native/peer.py torch|transformers

`torch` is the same Llama written for speed with what PyTorch has; `transformers` is Hugging Face's model, as
most people would run it. A request is a line of JSON on standard input, its answer a line on standard output,
as `mores bench served` has them. The numbers of the work are those of `tests/bench/site/work.mjs`.
"""

import json
import math
import os
import sys
import time

CONTEXT, PROMPT, NEW = 128, 32, 32
MARGIN, WEIGHT, SCALE = 10, 0.2, 7
RATE, STEPS = 1e-4, 2000


def load(folder):
    """Configuration and float32 weights of a model folder."""
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        config = json.load(file)
    with open(os.path.join(folder, "model.safetensors"), "rb") as file:
        data = bytearray(file.read())
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    types = {"F16": torch.float16, "F32": torch.float32}
    weights = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            one = torch.frombuffer(data, dtype=types[entry["dtype"]], count=math.prod(entry["shape"]), offset=8 + length + start)
            weights[name] = one.reshape(entry["shape"]).float()
    return config, weights


class Plain:
    """The network with as few operations as PyTorch allows: projections of the same input are one product."""

    def __init__(self, folder):
        config, weights = load(folder)
        if not config["tie_word_embeddings"] or config["num_key_value_heads"] != config["num_attention_heads"]:
            raise ValueError("this network has tied embeddings and as many key heads as query heads")
        self.heads, self.width = config["num_attention_heads"], config["head_dim"]
        self.epsilon = config["rms_norm_eps"]
        layers = range(config["num_hidden_layers"])
        of = lambda layer, name: weights[f"model.layers.{layer}.{name}.weight"]
        joined = lambda layer, names: torch.cat([of(layer, name) for name in names])
        self.first = {
            "embedding": weights["model.embed_tokens.weight"],
            "norm": weights["model.norm.weight"],
            "layers": [
                {
                    "attention": joined(layer, ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"]),
                    "output": of(layer, "self_attn.o_proj"),
                    "gates": joined(layer, ["mlp.gate_proj", "mlp.up_proj"]),
                    "down": of(layer, "mlp.down_proj"),
                    "input_norm": of(layer, "input_layernorm"),
                    "post_norm": of(layer, "post_attention_layernorm"),
                }
                for layer in layers
            ],
        }
        half = self.width // 2
        frequencies = config["rope_theta"] ** (-torch.arange(half, dtype=torch.float64) / half)
        angles = torch.arange(CONTEXT, dtype=torch.float64)[:, None] * frequencies
        self.cos, self.sin = torch.cos(angles).float(), torch.sin(angles).float()

    def copy(self):
        """Parameters to train, and all of them in a list."""
        fresh = lambda one: one.clone().requires_grad_(True)
        layers = [{name: fresh(one) for name, one in layer.items()} for layer in self.first["layers"]]
        weights = {"embedding": fresh(self.first["embedding"]), "norm": fresh(self.first["norm"]), "layers": layers}
        return weights, [weights["embedding"], weights["norm"], *(one for layer in layers for one in layer.values())]

    def run(self, weights, tokens, start=0, cache=None, last=False):
        """Logits behind `[batch, length]` tokens, those of the last place alone if `last`."""
        (batch, length), heads, width = tokens.shape, self.heads, self.width
        hidden = heads * width
        functional = torch.nn.functional
        cos, sin = self.cos[None, start : start + length, None], self.sin[None, start : start + length, None]
        x = functional.embedding(tokens, weights["embedding"])
        for place, layer in enumerate(weights["layers"]):
            h = functional.rms_norm(x, (hidden,), layer["input_norm"], self.epsilon)
            rows = functional.linear(h, layer["attention"]).view(batch, length, 3 * heads, width)
            left, right = rows[:, :, : 2 * heads].chunk(2, -1)
            turned = torch.cat([left * cos - right * sin, right * cos + left * sin], -1)
            query, key = turned.transpose(1, 2).chunk(2, 1)
            value = rows[:, :, 2 * heads :].transpose(1, 2)
            if cache is not None:
                keys, values = cache[place]
                keys[:, :, start : start + length] = key
                values[:, :, start : start + length] = value
                key, value = keys[:, :, : start + length], values[:, :, : start + length]
            seen = functional.scaled_dot_product_attention(query, key, value, is_causal=length > 1)
            x = x + functional.linear(seen.transpose(1, 2).reshape(batch, length, hidden), layer["output"])
            g = functional.rms_norm(x, (hidden,), layer["post_norm"], self.epsilon)
            gate, up = functional.linear(g, layer["gates"]).chunk(2, -1)
            x = x + functional.linear(functional.silu(gate) * up, layer["down"])
        if last:
            x = x[:, -1]
        return functional.linear(functional.rms_norm(x, (hidden,), weights["norm"], self.epsilon), weights["embedding"])

    def training(self):
        weights, parameters = self.copy()
        return parameters, lambda tokens: self.run(weights, tokens)

    def decode(self, tokens, choose):
        batch = tokens.shape[0]
        shape = (batch, self.heads, PROMPT + NEW, self.width)
        cache = [(torch.empty(shape), torch.empty(shape)) for _ in self.first["layers"]]
        said = [choose(self.run(self.first, tokens, 0, cache, True))]
        for place in range(PROMPT, PROMPT + NEW - 1):
            said.append(choose(self.run(self.first, said[-1], place, cache, True)))
        return torch.cat(said, 1)


class Transformers:
    """Hugging Face's own Llama."""

    def __init__(self, folder):
        from transformers import LlamaForCausalLM

        self.make = lambda: LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa")
        self.speaking = self.make().eval()

    def training(self):
        model = self.make().train()
        return list(model.parameters()), lambda tokens: model(tokens, use_cache=False).logits

    def decode(self, tokens, choose):
        out = self.speaking(tokens, use_cache=True, logits_to_keep=1)
        said = [choose(out.logits[:, -1])]
        for _ in range(NEW - 1):
            out = self.speaking(said[-1], past_key_values=out.past_key_values, use_cache=True, logits_to_keep=1)
            said.append(choose(out.logits[:, -1]))
        return torch.cat(said, 1)


class Trainer:
    """SA-CPO, clipping and AdamW over full sequences."""

    def __init__(self, network, batch, sequences):
        self.parameters, self.logits = network.training()
        self.tokens = torch.tensor(sequences).view(batch, CONTEXT)
        self.candidates = min(batch, 4)
        self.asked = torch.arange(1, self.candidates) / SCALE * MARGIN
        self.optimizer = torch.optim.AdamW(self.parameters, lr=RATE, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, fused=True)
        self.taken = 0

    def loss(self):
        logits = self.logits(self.tokens)[:, :-1]
        losses = torch.nn.functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), self.tokens[:, 1:].reshape(-1), reduction="none")
        groups = losses.view(-1, self.candidates, CONTEXT - 1).mean(2)
        best, others = groups[:, :1], groups[:, 1:]
        loss = best.mean()
        if self.candidates > 1:
            loss = loss + WEIGHT * torch.relu(best - others + self.asked).mean()
        return loss

    def step(self):
        for group in self.optimizer.param_groups:
            group["lr"] = RATE * 0.5 * (1 + math.cos(math.pi * self.taken / STEPS))
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0, foreach=True)
        self.optimizer.step()
        self.taken += 1
        return loss.item()


class Peer:
    def __init__(self, network):
        self.kind = network
        self.trainer = None

    def open(self, model):
        # One operation at a time, as many threads within it as the caller allows.
        threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
        torch.set_num_threads(threads)
        self.trainer, self.network = None, self.kind(model)
        return {"version": torch.__version__, "threads": threads}

    def train(self, batch, sequences):
        self.trainer = None
        self.trainer = Trainer(self.network, batch, sequences)

    def step(self):
        begun = time.perf_counter()
        loss = self.trainer.step()
        return {"seconds": time.perf_counter() - begun, "loss": loss}

    def decode(self, batch, round, temperature, prompts):
        torch.manual_seed(round)

        def choose(logits):
            if temperature == 0:
                return logits.argmax(-1, keepdim=True)
            return torch.multinomial(torch.softmax(logits if temperature == 1 else logits / temperature, -1), 1)

        begun = time.perf_counter()
        with torch.inference_mode():
            tokens = self.network.decode(torch.tensor(prompts).view(batch, PROMPT), choose).flatten().tolist()
        return {"seconds": time.perf_counter() - begun, "tokens": tokens}


def main():
    peer = Peer({"torch": Plain, "transformers": Transformers}[sys.argv[1]])
    # What a library prints must not be taken for an answer.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        call = request.pop("call")
        try:
            answer = {"result": getattr(peer, call)(**request)}
        except Exception as error:  # whatever it is, it belongs into the table
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    import torch

    main()
