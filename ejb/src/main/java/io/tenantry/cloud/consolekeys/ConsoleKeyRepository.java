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

/** What is kept of the keys of services. Asks for no right: part of use cases that did, and of work. */
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
     * A pair of keys.
     *
     * @param publicKey as a line of authorized_keys
     * @param pair sealed
     */
    public record StoredKey(UUID serviceId, String publicKey, String pair) {
        /** For what it is sealed. */
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

    /** A service's, if it has one. */
    public Optional<StoredKey> of(UUID serviceId) {
        return sql.first(KEPT + " where service_id = ?", ConsoleKeyRepository::read, serviceId);
    }

    /** All of them. */
    public List<StoredKey> all() {
        return sql.query(KEPT + " order by service_id", ConsoleKeyRepository::read);
    }

    /** Keeps a pair, unless the service has one; returns the one that it has then. */
    public StoredKey keep(StoredKey made) {
        sql.update("""
                insert into service_key (service_id, public_key, pair, created_at) values (?, ?, ?, ?)
                on conflict (service_id) do nothing
                """, made.serviceId(), made.publicKey(), made.pair(), clock.instant());
        return of(made.serviceId()).orElseThrow();
    }

    /** How many each key has sealed. */
    public Map<String, Integer> keys() {
        return sql
                .query(
                        "select split_part(pair, '.', 2) key, count(*)::int n from service_key group by 1",
                        row -> Map.entry(row.text("key"), row.whole("n")))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Puts another seal in the place of one, unless somebody was faster. */
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
