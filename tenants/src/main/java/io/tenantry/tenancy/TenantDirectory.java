package io.tenantry.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * All tenants and the hosts that lead to them. Read from schema {@code platform} by plain JDBC, because it is needed before any tenant is
 * entered, and cached for {@value #FRESH_MILLIS} ms: that is how long another node may continue to serve a tenant that was just suspended.
 */
@ApplicationScoped
public class TenantDirectory {
    private static final long FRESH_MILLIS = 1_000;
    private static final String ALL = """
            select t.slug,
                   t.name,
                   t.state,
                   t.currency,
                   t.zone,
                   t.locale,
                   t.created_at,
                   coalesce(h.hosts, '{}') hosts
              from platform.tenant_v t
              left join (select tenant, array_agg(host order by is_primary desc, host) hosts
                           from platform.tenant_host_v
                          group by tenant) h on h.tenant = t.slug
             order by t.slug
            """;

    private final @Nullable DataSource source;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Snapshot snapshot;

    /** For the container. */
    public TenantDirectory() {
        source = null;
    }

    /** For use outside a container. */
    public TenantDirectory(DataSource source) {
        this.source = source;
    }

    /**
     * The cached content.
     *
     * @param change the number of changes made on this node when reading began: a snapshot read while a change was made is outdated on arrival
     */
    private record Snapshot(long change, long readAtNanos, Map<TenantId, Tenant> byId, Map<String, Tenant> byHost) {
        boolean isFresh(long changes) {
            return change == changes && System.nanoTime() - readAtNanos < FRESH_MILLIS * 1_000_000;
        }
    }

    /** Returns the tenant a host leads to: an exact match of a verified host name, lower case, without port. */
    public Optional<Tenant> byHost(String host) {
        return Optional.ofNullable(fresh().byHost().get(host))
                .filter(tenant -> tenant.state() != Tenant.State.CREATING && !tenant.isLeaving());
    }

    /** Returns the tenant a host led to when the directory was read last; never waits for the database, so the answer may be outdated. */
    public Optional<TenantId> known(String host) {
        return Optional.ofNullable(snapshot)
                .map(last -> last.byHost().get(host))
                .map(Tenant::id);
    }

    /** Returns the tenant with that slug, in any state. */
    public Optional<Tenant> byId(TenantId id) {
        return Optional.ofNullable(fresh().byId().get(id));
    }

    /** Returns the tenant entered on this thread. */
    public Tenant current() {
        var id = Tenancy.tenant();
        return byId(id).orElseThrow(() -> new IllegalStateException("tenant " + id + " is not in the directory"));
    }

    /** Returns all tenants, by slug. */
    public List<Tenant> all() {
        return fresh().byId().values().stream()
                .sorted((a, b) -> a.id().value().compareTo(b.id().value()))
                .toList();
    }

    /** Returns the tenants whose services are charged: open or suspended, but not partly created or unmigrated. */
    public List<Tenant> chargeable() {
        return all().stream()
                .filter(tenant -> tenant.state() == Tenant.State.ACTIVE || tenant.state() == Tenant.State.SUSPENDED)
                .toList();
    }

    /** Clears the cache after a change made on this node. */
    public void refresh() {
        changes.incrementAndGet();
    }

    private Snapshot fresh() {
        var known = snapshot;
        long change = changes.get();
        if (known == null || !known.isFresh(change)) {
            known = read(change);
            snapshot = known;
        }
        return known;
    }

    /**
     * Reads from the administration datasource, which takes no part in the caller's transaction: that transaction may belong to a tenant
     * already, and a tenant's role cannot see the directory.
     */
    private Snapshot read(long change) {
        var cell = source != null ? source : DatabaseCells.administration();
        try (var connection = cell.getConnection();
                var statement = connection.prepareStatement(ALL);
                var results = statement.executeQuery()) {
            var row = new Row(results);
            var tenants = new ArrayList<Tenant>();
            while (results.next()) {
                tenants.add(tenant(row));
            }
            return index(change, tenants);
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        }
    }

    private static Snapshot index(long change, List<Tenant> tenants) {
        var byId = tenants.stream().collect(Collectors.toUnmodifiableMap(Tenant::id, Function.identity()));
        var byHost = tenants.stream()
                .flatMap(tenant -> tenant.hosts().stream().map(host -> Map.entry(host, tenant)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Snapshot(change, System.nanoTime(), byId, byHost);
    }

    private static Tenant tenant(Row row) {
        return new Tenant(
                new TenantId(row.text("slug")),
                row.text("name"),
                Tenant.State.valueOf(row.text("state")),
                Currency.getInstance(row.text("currency")),
                ZoneId.of(row.text("zone")),
                Locale.forLanguageTag(row.text("locale")),
                row.texts("hosts"),
                row.instant("created_at"));
    }
}
