package io.tenantry.cloud.consolekeys;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores the key pairs of services. Requires no permission: called by use cases that have checked it, and by work items. */
@Stateless
public class ConsoleKeyRepository {
    private static final String KEPT = "select service_id, public_key, pair from service_key";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public ConsoleKeyRepository() {}

    /** For use outside a container. */
    public ConsoleKeyRepository(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * A key pair.
     *
     * @param publicKey a line of authorized_keys
     * @param pair sealed
     */
    public record StoredKey(UUID serviceId, String publicKey, String pair) {
        /** Returns the context that it is sealed for. */
        String place() {
            return place(serviceId);
        }

        static String place(UUID serviceId) {
            return Tenancy.scope().label() + "/service-key/" + serviceId;
        }

        @Override
        public String toString() {
            return "Kept[" + serviceId + "]";
        }
    }

    /** Returns the key pair of a service, if it has one. */
    public Optional<StoredKey> of(UUID serviceId) {
        return sql.first(KEPT + " where service_id = ?", ConsoleKeyRepository::read, serviceId);
    }

    /** Returns all key pairs. */
    public List<StoredKey> all() {
        return sql.query(KEPT + " order by service_id", ConsoleKeyRepository::read);
    }

    /** Stores a key pair unless the service has one already, and returns the stored one. */
    public StoredKey keep(StoredKey made) {
        sql.update("""
                insert into service_key (service_id, public_key, pair, created_at) values (?, ?, ?, ?)
                on conflict (service_id) do nothing
                """, made.serviceId(), made.publicKey(), made.pair(), clock.instant());
        return of(made.serviceId()).orElseThrow();
    }

    /** Returns the number of pairs sealed by each key. */
    public Map<String, Integer> keys() {
        return sql
                .query(
                        "select split_part(pair, '.', 2) key, count(*)::int n from service_key group by 1",
                        row -> Map.entry(row.text("key"), row.whole("n")))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Replaces the sealed pair, unless it was changed concurrently. */
    public boolean reseal(StoredKey storedKey, String pair) {
        return sql.update(
                        "update service_key set pair = ? where service_id = ? and pair = ?",
                        pair,
                        storedKey.serviceId(),
                        storedKey.pair())
                > 0;
    }

    private static StoredKey read(Row row) {
        return new StoredKey(row.uuid("service_id"), row.text("public_key"), row.text("pair"));
    }
}
