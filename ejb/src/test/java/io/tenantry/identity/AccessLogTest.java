package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who tries what they may not do is found in the log. */
class AccessLogTest {
    private static final Logger LOG = Logger.getLogger(Access.class.getName());

    private final World world = new World();
    private final List<String> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + List.of(entry.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void deafen() {
        LOG.removeHandler(handler);
    }

    @Test
    void whatIsRefusedIsLoggedWithTheRightThatIsMissing() {
        var elsewhere = UUID.randomUUID();
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("accesslog1@example.org");
            var viewer = world.member(customer, "accesslog2@example.org", "viewer");
            World.run(viewer, () -> {
                world.access.requireIn(customer.organizationId(), Permission.VPS_VIEW);
                assertThat(logged).isEmpty();
                assertThatThrownBy(() -> world.access.requireIn(customer.organizationId(), Permission.VPS_DELETE))
                        .isInstanceOf(AccessDenied.class);
                assertThatThrownBy(() -> world.access.requireIn(elsewhere, Permission.VPS_VIEW))
                        .isInstanceOf(NotVisible.class);
                assertThatThrownBy(() -> world.access.require(Permission.STAFF_CUSTOMERS_VIEW))
                        .isInstanceOf(AccessDenied.class);
            });
            assertThat(logged).hasSize(3);
            assertThat(logged.get(0))
                    .contains(Permission.VPS_DELETE)
                    .contains(customer.organizationId().toString());
            assertThat(logged.get(1)).contains(elsewhere.toString());
            assertThat(logged.get(2)).contains(Permission.STAFF_CUSTOMERS_VIEW);
        });
    }

    @Test
    void whatAPageOnlyOffersIsNoAttempt() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("accesslog3@example.org");
            World.run(customer.owner(), () -> {
                assertThat(world.access.allows(Permission.STAFF_CUSTOMERS_VIEW)).isFalse();
                assertThat(world.access.allowsIn(UUID.randomUUID(), Permission.VPS_VIEW))
                        .isFalse();
            });
            assertThat(logged).isEmpty();
        });
    }
}
