package io.tenantry.kernel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of a server that was stopped, and of one that died. */
class NodesTest {
    private static final String NAME = "nodes-test";

    private final Sql sql = new Sql(Database.runtime());
    private final Nodes nodes = new Nodes();
    private final NodeShutdown end = new NodeShutdown();

    @BeforeEach
    void createBeans() {
        var settings = new Settings(Map.of("tenantry.node", NAME)::get, name -> null);
        nodes.sql = sql;
        nodes.clock = new MovableClock();
        nodes.settings = settings;
        end.sql = sql;
        end.settings = settings;
    }

    @Test
    void forgetsAStoppedNodeAfterADay() {
        withLiveNode(() -> {
            assertThat(states()).containsExactly(Nodes.State.ALIVE);
            end.record();
            assertThat(states()).containsExactly(Nodes.State.STOPPED);
            sql.update("update node set stopped_at = stopped_at - interval '23 hours' where name = ?", NAME);
            assertThat(states()).containsExactly(Nodes.State.STOPPED);
            sql.update("update node set stopped_at = stopped_at - interval '2 hours' where name = ?", NAME);
            assertThat(states()).isEmpty();
        });
    }

    @Test
    void reportsANodeWithoutHeartbeatAsLost() {
        withLiveNode(() -> {
            sql.update("update node set seen_at = seen_at - interval '61 seconds' where name = ?", NAME);
            assertThat(states()).containsExactly(Nodes.State.LOST);
        });
    }

    /** With a node that has just given a sign. */
    private void withLiveNode(Runnable work) {
        Database.rolledBack(Scope.WORK, () -> {
            nodes.beat();
            work.run();
        });
    }

    private List<Nodes.State> states() {
        return nodes.all().stream()
                .filter(node -> node.name().equals(NAME))
                .map(Nodes.Node::state)
                .toList();
    }
}
