package io.tenantry.kernel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeShareTest {
    private static final List<String> KEYS =
            IntStream.range(0, 1_000).mapToObj(i -> "reseller-" + i).toList();

    @Test
    void eachKeyBelongsToOneLiveNode() {
        var nodes = List.of("a", "b", "c");
        for (var key : KEYS) {
            assertThat(nodes.stream().filter(node -> new NodeShare(node, nodes).contains(key)))
                    .as(key)
                    .hasSize(1);
        }
    }

    @Test
    void sharesAreOfSimilarSize() {
        for (var nodes : List.of(List.of("a", "b"), List.of("node-1", "node-2", "node-3"))) {
            for (var node : nodes) {
                assertThat(of(node, nodes)).as(node).hasSizeBetween(800 / nodes.size(), 1_200 / nodes.size());
            }
        }
    }

    @Test
    void onlyKeysOfALostNodeChangeTheirs() {
        var before = of("a", List.of("a", "b", "c"));
        var after = of("a", List.of("a", "b"));
        assertThat(after).containsAll(before).hasSizeGreaterThan(before.size());
    }

    @Test
    void nodeAloneOrNotYetKnownHasAll() {
        assertThat(of("a", List.of("a"))).hasSize(KEYS.size());
        assertThat(of("a", List.of())).hasSize(KEYS.size());
        assertThat(of("a", List.of("b", "c"))).hasSize(KEYS.size());
    }

    private static List<String> of(String node, List<String> alive) {
        var share = new NodeShare(node, alive);
        return KEYS.stream().filter(share::contains).toList();
    }
}
