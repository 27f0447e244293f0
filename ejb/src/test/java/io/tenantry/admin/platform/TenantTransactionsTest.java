package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant.State;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When two operators close a portal at once, one closes it and the other finds it closed. */
class TenantTransactionsTest {
    private static final TenantId TENANT = new TenantId("moved");

    private final TenantTransactions records = new TenantTransactions();
    private final List<String> recorded = new ArrayList<>();

    private boolean move(State from, State to, String action) {
        return Database.in(Scope.PLATFORM, () -> records.move(TENANT, from, to, action));
    }

    @Test
    void movesATenantOnceAndAuditsItOnce() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
        records.sql = new Sql(Database.runtime());
        records.audit = new AuditTrail() {
            @Override
            public void record(String action, String kind, String subject, Map<String, ?> facts) {
                recorded.add(action + " " + subject);
            }
        };
        assertThat(move(State.SUSPENDED, State.ACTIVE, "tenant.resumed")).isFalse();
        assertThat(move(State.ACTIVE, State.SUSPENDED, "tenant.suspended")).isTrue();
        assertThat(move(State.ACTIVE, State.SUSPENDED, "tenant.suspended")).isFalse();
        assertThat(recorded).containsExactly("tenant.suspended moved");
        assertThat(move(State.SUSPENDED, State.ACTIVE, "tenant.resumed")).isTrue();
        assertThat(recorded).containsExactly("tenant.suspended moved", "tenant.resumed moved");
        assertThat(Database.texts("select state from platform.tenant where slug = 'moved'"))
                .containsExactly("ACTIVE");
    }
}
