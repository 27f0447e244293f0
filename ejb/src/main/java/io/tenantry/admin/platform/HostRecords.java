package io.tenantry.admin.platform;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of changing a reseller's hosts, each a separate transaction. For {@link TenantHosts}, which checks permissions. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class HostRecords {
    private static final String CLAIMS = "select host, token, claimed_at, checked_at from host_claim where tenant = ?";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public HostRecords() {}

    /** For use outside a container. */
    public HostRecords(Sql sql, Clock clock, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.audit = audit;
    }

    /** Returns the hosts that are not verified yet. */
    public List<HostClaim> claims(TenantId tenant) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.query(CLAIMS + " order by claimed_at, host", HostRecords::claim, tenant.value()));
    }

    /** Returns one of these. */
    public Optional<HostClaim> claim(TenantId tenant, String host) {
        return Tenancy.in(
                Scope.PLATFORM, () -> sql.first(CLAIMS + " and host = ?", HostRecords::claim, tenant.value(), host));
    }

    /**
     * Claims a host for verification.
     *
     * @return false if it is claimed or used already
     */
    public boolean claim(TenantId tenant, String host, String token) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            var claimed = sql.update("""
                    insert into host_claim (host, tenant, token, claimed_at)
                    select ?, ?, ?, ? where not exists (select from tenant_host where host = ?)
                    on conflict (host) do nothing
                    """, host, tenant.value(), token, clock.instant(), host);
            if (claimed > 0) {
                audit.record("tenant.host_claimed", "tenant", tenant.value(), Map.of("host", host));
            }
            return claimed > 0;
        });
    }

    /** Records that its DNS record was looked up and not found. */
    public void checked(TenantId tenant, String host) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update(
                        "update host_claim set checked_at = ? where tenant = ? and host = ?",
                        clock.instant(),
                        tenant.value(),
                        host));
    }

    /**
     * Activates a claimed host for the reseller.
     *
     * @param by how it was verified, for the audit trail
     * @return false if the claim is gone
     * @throws HostTakenException if another reseller has the host; nothing changes then
     */
    public boolean open(TenantId tenant, String host, String by) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            if (sql.update("delete from host_claim where tenant = ? and host = ?", tenant.value(), host) == 0) {
                return false;
            }
            add(tenant, host, by);
            return true;
        });
    }

    /**
     * Activates a host of the platform's own domain for the reseller.
     *
     * @throws HostTakenException if another reseller has the host; nothing changes then
     */
    public void openOwn(TenantId tenant, String host) {
        Tenancy.in(Scope.PLATFORM, () -> {
            add(tenant, host, "platform's domain");
            return true;
        });
    }

    private void add(TenantId tenant, String host, String by) {
        try {
            sql.update("insert into tenant_host (host, tenant, is_primary) values (?, ?, false)", host, tenant.value());
        } catch (SqlFailure failure) {
            if (failure.isDuplicate()) {
                throw new HostTakenException(failure);
            }
            throw failure;
        }
        audit.record("tenant.host_added", "tenant", tenant.value(), Map.of("host", host, "verified", by));
    }

    /** Deletes a claim. */
    public void drop(TenantId tenant, String host) {
        Tenancy.in(Scope.PLATFORM, () -> {
            if (sql.update("delete from host_claim where tenant = ? and host = ?", tenant.value(), host) > 0) {
                audit.record("tenant.host_claim_canceled", "tenant", tenant.value(), Map.of("host", host));
            }
            return true;
        });
    }

    /**
     * Removes a host.
     *
     * @return false if it is the primary host; nothing changes then
     * @throws NotFoundException if it is not a host of the reseller
     */
    public boolean remove(TenantId tenant, String host) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            var isPrimary = lock(tenant, host);
            if (isPrimary) {
                return false;
            }
            sql.update("delete from tenant_host where tenant = ? and host = ?", tenant.value(), host);
            audit.record("tenant.host_removed", "tenant", tenant.value(), Map.of("host", host));
            return true;
        });
    }

    /**
     * Makes a host the primary one, which links use from now on.
     *
     * @throws NotFoundException if it is not a host of the reseller
     */
    public void makePrimary(TenantId tenant, String host) {
        Tenancy.in(Scope.PLATFORM, () -> {
            if (!lock(tenant, host)) {
                sql.update("update tenant_host set is_primary = false where tenant = ? and is_primary", tenant.value());
                sql.update(
                        "update tenant_host set is_primary = true where tenant = ? and host = ?", tenant.value(), host);
                audit.record("tenant.host_made_primary", "tenant", tenant.value(), Map.of("host", host));
            }
            return true;
        });
    }

    /** Renames the reseller. */
    public void rename(TenantId tenant, String name) {
        Tenancy.in(Scope.PLATFORM, () -> {
            if (sql.update("update tenant set name = ? where slug = ? and name <> ?", name, tenant.value(), name) > 0) {
                audit.record("tenant.renamed", "tenant", tenant.value(), Map.of("name", name));
            }
            return true;
        });
    }

    /** Serializes changes to the hosts of one reseller; returns whether the host is the primary one. */
    private boolean lock(TenantId tenant, String host) {
        sql.one("select slug from tenant where slug = ? for no key update", row -> row.text("slug"), tenant.value());
        return sql.first(
                        "select is_primary from tenant_host where tenant = ? and host = ?",
                        row -> row.flag("is_primary"),
                        tenant.value(),
                        host)
                .orElseThrow(() -> new NotFoundException("host", host));
    }

    private static HostClaim claim(Row row) {
        return new HostClaim(
                row.text("host"), row.text("token"), row.instant("claimed_at"), row.maybeInstant("checked_at"));
    }
}
