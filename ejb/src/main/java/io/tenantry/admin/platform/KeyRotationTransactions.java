package io.tenantry.admin.platform;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records of re-encryptions, each step a separate transaction. For {@link KeyRotation}, which checks permissions. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class KeyRotationTransactions {
    @Inject
    Sql sql;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public KeyRotationTransactions() {}

    /** For use outside a container. */
    public KeyRotationTransactions(Sql sql, AuditTrail audit) {
        this.sql = sql;
        this.audit = audit;
    }

    /**
     * One re-encryption.
     *
     * @param endedAt empty while it is in progress
     * @param key the key that sealed
     * @param tenants the number of tenants processed
     * @param reencrypted secrets that were re-encrypted
     * @param undecryptable secrets that cannot be opened
     * @param failed tenants that could not be processed
     */
    public record Rotation(
            Instant beganAt,
            Optional<Instant> endedAt,
            String actor,
            Optional<String> key,
            int tenants,
            int reencrypted,
            int undecryptable,
            int failed) {}

    /** The number of secrets and tenants that need a key. */
    public record KeyUse(String key, int secrets, int tenants) {}

    /** The totals of a re-encryption. */
    public record RotationTotals(int tenants, int reencrypted, int undecryptable, int failed) {}

    /**
     * Starts a re-encryption, unless one is in progress. One whose node died counts as over after an hour.
     *
     * @return its number; empty if another is in progress
     */
    public Optional<Long> begin(Optional<String> key) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            sql.update("update key_rotation set ended_at = clock_timestamp()"
                    + " where ended_at is null and started_at < clock_timestamp() - interval '1 hour'");
            var started = sql.first(
                    "insert into key_rotation (actor, key_id) values (?, ?) on conflict do nothing returning id",
                    row -> row.big("id"),
                    Actors.require().name(),
                    key.orElse(null));
            started.ifPresent(id -> audit.record(
                    "secrets.rotation_started", "key_rotation", id.toString(), Map.of("key", key.orElse(""))));
            return started;
        });
    }

    /** Stores which keys the secrets of a tenant, or of the platform, need. */
    public void keep(Scope scope, Map<String, Integer> keys) {
        Tenancy.in(Scope.PLATFORM, () -> {
            sql.update("delete from key_use where tenant = ?", scope.label());
            keys.forEach((key, secrets) -> sql.update(
                    "insert into key_use (tenant, key_id, secrets) values (?, ?, ?)", scope.label(), key, secrets));
            return true;
        });
    }

    /** Ends a re-encryption with its totals; deletes the records of tenants that do not exist now. */
    public void end(long id, RotationTotals rotationTotals, List<TenantId> there) {
        Tenancy.in(Scope.PLATFORM, () -> {
            sql.update(
                    "delete from key_use where not tenant = any (?) and tenant <> ?",
                    (Object) there.stream().map(TenantId::value).toArray(String[]::new),
                    Scope.PLATFORM.label());
            sql.update(
                    """
                    update key_rotation
                       set ended_at = clock_timestamp(), tenants = ?, reencrypted = ?, inaccessible = ?, failed = ?
                     where id = ?
                    """,
                    rotationTotals.tenants(),
                    rotationTotals.reencrypted(),
                    rotationTotals.undecryptable(),
                    rotationTotals.failed(),
                    id);
            audit.record(
                    "secrets.rotated",
                    "key_rotation",
                    Long.toString(id),
                    Map.of(
                            "tenants",
                            rotationTotals.tenants(),
                            "reencrypted",
                            rotationTotals.reencrypted(),
                            "inaccessible",
                            rotationTotals.undecryptable(),
                            "failed",
                            rotationTotals.failed()));
            return true;
        });
    }

    /** Returns the latest re-encryption. */
    public Optional<Rotation> latest() {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.first(
                        "select * from key_rotation order by id desc limit 1", KeyRotationTransactions::rotation));
    }

    /** Returns the keys that are needed, those with most secrets first. */
    public List<KeyUse> uses() {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.query(
                        """
                        select key_id, sum(secrets)::int secrets, count(*)::int tenants
                          from key_use
                         group by key_id
                         order by sum(secrets) desc, key_id
                        """, row -> new KeyUse(row.text("key_id"), row.whole("secrets"), row.whole("tenants"))));
    }

    private static Rotation rotation(Row row) {
        return new Rotation(
                row.instant("started_at"),
                row.maybeInstant("ended_at"),
                row.text("actor"),
                row.maybeText("key_id"),
                row.whole("tenants"),
                row.whole("reencrypted"),
                row.whole("inaccessible"),
                row.whole("failed"));
    }
}
