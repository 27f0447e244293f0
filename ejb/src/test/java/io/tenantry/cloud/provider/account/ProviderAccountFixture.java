package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.Provider;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.linode.Linode;
import io.tenantry.cloud.provider.sandbox.SandboxProvider;
import io.tenantry.cloud.provider.virtfusion.VirtFusion;
import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.lang.reflect.Field;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A reseller whose staff connect accounts: the beans of this package, assembled over {@link Database}. */
public final class ProviderAccountFixture implements AutoCloseable {
    public static final String FIRST = "first=" + "A".repeat(43) + "=";
    public static final String SECOND = "second=" + "B".repeat(42) + "A=";
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    public static final Actor OWNER = new Actor(Actor.Kind.STAFF, new UUID(1, 1), "Olga");
    public static final Actor SUPPORT = new Actor(Actor.Kind.STAFF, new UUID(1, 2), "Susi");

    public final TenantId tenant;
    public final MovableClock clock = new MovableClock();
    public final Sql sql = new Sql(Database.runtime());
    public final AuditTrail audit = new AuditTrail();
    public final Access access = new Access(sql);
    final HttpGateway httpGateway;
    public final ProviderAccounts changes = new ProviderAccounts();
    public final ProviderAccountList list = new ProviderAccountList();
    public final ProviderAccountRepository records = new ProviderAccountRepository();
    final ConnectionTest connection = new ConnectionTest();
    public final ProviderClients providerClients = new ProviderClients();
    public final ProviderChoices providerChoices;
    final ProviderCredentialStore secrets = new ProviderCredentialStore();

    /** Creates it with the keys of those lines, and requests restricted by the policy. */
    ProviderAccountFixture(String slug, AddressPolicy policy, Map<String, String> settings, String... keys) {
        tenant = new TenantId(slug);
        clock.stopAt(NOON);
        httpGateway = new HttpGateway(
                policy, new HttpGateway.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5)));
        inject(audit, "sql", sql);
        var known = new Settings(settings::get, name -> null);
        providerChoices = new ProviderChoices(known, List.of(virtFusion(), new Linode(), sandbox()));
        var vault = Vault.of(List.of(keys));
        records.sql = sql;
        records.clock = clock;
        records.audit = audit;
        providerClients.records = records;
        providerClients.providerChoices = providerChoices;
        providerClients.vault = vault;
        changes.sql = sql;
        changes.clock = clock;
        changes.access = access;
        changes.audit = audit;
        changes.vault = vault;
        changes.providerChoices = providerChoices;
        changes.settings = known;
        list.sql = sql;
        list.access = access;
        list.providerChoices = providerChoices;
        connection.access = access;
        connection.providerClients = providerClients;
        connection.records = records;
        connection.interactiveCalls = new InteractiveCalls(Executors.defaultThreadFactory());
        secrets.records = records;
        secrets.vault = vault;
    }

    /** Creates one to which everything is allowed. */
    public static ProviderAccountFixture of(String slug) {
        return new ProviderAccountFixture(slug, AddressPolicy.ANY, Map.of("tenantry.outbound.addresses", "any"), FIRST);
    }

    /** Creates a tenant with an owner and a support member. */
    public static void open(String slug) {
        Database.tenant(new TenantId(slug), "EUR", "Europe/Berlin");
        person(slug, OWNER, "staff_owner");
        person(slug, SUPPORT, "staff_support");
    }

    private static void person(String slug, Actor person, String role) {
        var email = person.name().toLowerCase(java.util.Locale.ROOT) + "@" + slug + ".example";
        Database.asOwner("insert into t_" + slug + ".person (id, email, name, created_at) values ('" + person.personId()
                + "', '" + email + "', '" + person.name() + "', now())");
        Database.asOwner("insert into t_" + slug + ".staff_member (person_id, role, role_kind, joined_at) values ('"
                + person.personId() + "', '" + role + "', 'STAFF', now())");
    }

    /** Runs the work in one transaction, as that person. */
    public <T> T as(Actor actor, Supplier<T> work) {
        try (var actorScope = Actors.enter(actor)) {
            return Database.in(tenant, work);
        }
    }

    /** Creates an account with a panel, connected by the owner. */
    public UUID account(String name, String base, String token) {
        var outcome = as(OWNER, () -> changes.add(new ProviderAccounts.Draft(name, "virtfusion", base, token)));
        return ((ProviderAccounts.Outcome.Done) outcome).id();
    }

    /** Sets the client that all accounts with panels are opened as from now on. */
    public void useClient(ProviderClient providerClient) {
        providerClients.providerChoices = new ProviderChoices(changes.settings, List.of(new Provider() {
            @Override
            public String code() {
                return "virtfusion";
            }

            @Override
            public String name() {
                return "Anybody";
            }

            @Override
            public Optional<URI> base() {
                return Optional.empty();
            }

            @Override
            public ProviderClient open(Credentials credentials) {
                return providerClient;
            }
        }));
    }

    /** Returns the account as its owner sees it. */
    public ProviderAccountList.Account inspect(UUID id) {
        return as(OWNER, () -> list.one(id));
    }

    /** Returns one column as the database owner. */
    public List<String> texts(String column, String table) {
        return Database.texts("select " + column + " from t_" + tenant.value() + "." + table);
    }

    /** Returns the calls to providers for which a person waits. */
    public InteractiveCalls interactiveCalls() {
        return connection.interactiveCalls;
    }

    @Override
    public void close() {
        httpGateway.close();
        connection.interactiveCalls.end();
    }

    private VirtFusion virtFusion() {
        var provider = new VirtFusion();
        inject(provider, "httpGateway", httpGateway);
        inject(provider, "clock", Clock.systemUTC());
        return provider;
    }

    private SandboxProvider sandbox() {
        var provider = new SandboxProvider();
        inject(provider, "clock", clock);
        return provider;
    }

    /** Injects a field as the container would. */
    public static void inject(Object bean, String name, Object value) {
        try {
            Field field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, value);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(bean.getClass().getName(), impossible);
        }
    }
}
