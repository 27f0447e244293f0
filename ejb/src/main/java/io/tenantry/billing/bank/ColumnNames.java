package io.tenantry.billing.bank;

import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Names of CSV columns that were configured before mappings were saved for each bank. */
@Stateless
public class ColumnNames {
    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** Returns the names of CSV columns that were configured before mappings were saved for each bank, by role. */
    public Map<String, String> columns() {
        access.require(Permission.STAFF_BILLING_VIEW);
        var named = new TreeMap<String, String>();
        of(sql).forEach((role, name) -> named.put(role.name(), name));
        return named;
    }

    /** Deletes the configured column names, so that columns are detected by their usual names only. */
    public void forget() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        sql.update("update bank_columns set names = '{}'");
        audit.record("bank.columns_reset", "tenant", "bank", Map.of());
    }

    /** Returns the configured column names, for reading files. Checks no permission. */
    static Map<ColumnRole, String> of(Sql sql) {
        var named = new EnumMap<ColumnRole, String>(ColumnRole.class);
        sql.query(
                        "select e.key, e.value from bank_columns c cross join lateral jsonb_each_text(c.names) e",
                        row -> Map.entry(role(row.text("key")), row.text("value")))
                .forEach(entry -> entry.getKey().ifPresent(role -> named.put(role, entry.getValue())));
        return named;
    }

    /** The roles formerly named WORDS and KEY have been renamed. */
    private static Optional<ColumnRole> role(String stored) {
        var name = stored.equals("WORDS") ? "PURPOSE" : stored.equals("KEY") ? "BANK_REFERENCE" : stored;
        return Stream.of(ColumnRole.values())
                .filter(role -> role.name().equals(name))
                .findFirst();
    }
}
