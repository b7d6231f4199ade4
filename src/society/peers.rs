//! Who is asked for feedback.
//!
//! Local: up to k agents one is linked to. Global: up to k agents from anywhere. Both:
//! `int((1 - dropout) * neighbours)` local ones, at least one and at most k, and strangers or
//! remaining neighbours, all equally likely, up to k. Neither: nobody; the author is alone. Nobody
//! is asked twice, or about their own draft, unless the network leaves everybody to themselves.

use super::config::SocietyConfig;
use crate::world::chance;
use rand_core::Rng;

/// The peers of `agent` for one interaction, in the order they are asked, from those `near` by and
/// from `everybody` who takes part.
pub(crate) fn choose<R: Rng>(
    config: &SocietyConfig,
    agent: u16,
    mut near: Vec<u16>,
    everybody: &[u16],
    rng: &mut R,
) -> Vec<u16> {
    let wanted = usize::from(config.peers);
    let mut chosen = Vec::with_capacity(wanted);
    if config.local {
        let kept = if config.global {
            // Truncated as published; the cast saturates, so no value is out of range.
            (((1.0 - config.dropout) * near.len() as f32) as usize).max(1)
        } else {
            wanted
        };
        take(&mut near, kept.min(wanted), &mut chosen, rng);
    }
    if config.global {
        let others = everybody.iter().copied();
        let mut others: Vec<u16> = others
            .filter(|other| *other != agent && !chosen.contains(other))
            .collect();
        let open = wanted - chosen.len().min(wanted);
        take(&mut others, open, &mut chosen, rng);
    }
    chosen
}

/// Moves up to `count` agents, drawn without replacement, from `pool` to `chosen`.
fn take<R: Rng>(pool: &mut Vec<u16>, count: usize, chosen: &mut Vec<u16>, rng: &mut R) {
    for _ in 0..count.min(pool.len()) {
        // A pool never holds more than 1023 agents.
        let place = chance::below(rng, pool.len() as u32);
        chosen.push(pool.swap_remove(place as usize));
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid;
    use super::super::luck::Luck;
    use super::*;

    fn choose(config: &SocietyConfig, agent: u16, rng: &mut Luck) -> Vec<u16> {
        let near = grid::neighbours(config.size, agent);
        let everybody: Vec<u16> = (0..config.agents()).collect();
        super::choose(config, agent, near, &everybody, rng)
    }

    #[test]
    fn peers_obey_the_switches() {
        let base = SocietyConfig {
            size: 6,
            peers: 4,
            dropout: 0.95,
            ..SocietyConfig::default()
        };
        let mut rng = Luck::new(3);
        for agent in 0..36 {
            let near = grid::neighbours(6, agent);
            let mut case = |local, global, peers| {
                let config = SocietyConfig {
                    local,
                    global,
                    peers,
                    ..base.clone()
                };
                let chosen = choose(&config, agent, &mut rng);
                let mut unique = chosen.clone();
                unique.sort_unstable();
                unique.dedup();
                assert_eq!(unique.len(), chosen.len(), "nobody twice");
                assert!(!chosen.contains(&agent), "never the author");
                chosen
            };
            assert!(case(false, false, 4).is_empty());
            let local = case(true, false, 4);
            assert_eq!(local.len(), 4);
            assert!(local.iter().all(|peer| near.contains(peer)));
            assert_eq!(case(true, false, 16).len(), near.len().min(16));
            assert_eq!(case(false, true, 4).len(), 4);
            // 5 % of at most 28 neighbours is one: the first is local, the others from anywhere.
            let both = case(true, true, 16);
            assert_eq!(both.len(), 16);
            assert!(near.contains(&both[0]));
        }
        let tiny = SocietyConfig {
            size: 2,
            peers: 16,
            global: true,
            dropout: 1.0,
            ..base
        };
        assert_eq!(choose(&tiny, 0, &mut rng).len(), 3);
    }

    #[test]
    fn every_neighbour_is_equally_likely() {
        let config = SocietyConfig {
            size: 4,
            peers: 2,
            ..SocietyConfig::default()
        };
        let mut rng = Luck::new(9);
        let mut counts = [0u32; 16];
        for _ in 0..5000 {
            for peer in choose(&config, 0, &mut rng) {
                counts[usize::from(peer)] += 1;
            }
        }
        // Five neighbours share 10000 places; 2000 each, standard deviation 35.
        for peer in grid::neighbours(4, 0) {
            let count = counts[usize::from(peer)];
            assert!((1850..2150).contains(&count), "{peer}: {count}");
        }
    }
}
