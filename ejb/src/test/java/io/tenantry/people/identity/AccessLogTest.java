package io.tenantry.people.identity;

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

/** Attempts at forbidden actions are logged. */
class AccessLogTest {
    private static final Logger LOG = Logger.getLogger(Access.class.getName());

    private final IdentityFixture identityFixture = new IdentityFixture();
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
    void addLogHandler() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void removeLogHandler() {
        LOG.removeHandler(handler);
    }

    @Test
    void logsRefusedActionsWithTheMissingPermission() {
        var elsewhere = UUID.randomUUID();
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("accesslog1@example.org");
            var viewer = identityFixture.member(customer, "accesslog2@example.org", "viewer");
            IdentityFixture.run(viewer, () -> {
                identityFixture.access.requireIn(customer.organizationId(), Permission.VPS_VIEW);
                assertThat(logged).isEmpty();
                assertThatThrownBy(() ->
                                identityFixture.access.requireIn(customer.organizationId(), Permission.VPS_DELETE))
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> identityFixture.access.requireIn(elsewhere, Permission.VPS_VIEW))
                        .isInstanceOf(NotFoundException.class);
                assertThatThrownBy(() -> identityFixture.access.require(Permission.STAFF_CUSTOMERS_VIEW))
                        .isInstanceOf(AccessDeniedException.class);
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
    void doesNotLogPermissionQueries() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("accesslog3@example.org");
            IdentityFixture.run(customer.owner(), () -> {
                assertThat(identityFixture.access.allows(Permission.STAFF_CUSTOMERS_VIEW))
                        .isFalse();
                assertThat(identityFixture.access.allowsIn(UUID.randomUUID(), Permission.VPS_VIEW))
                        .isFalse();
            });
            assertThat(logged).isEmpty();
        });
    }
}
