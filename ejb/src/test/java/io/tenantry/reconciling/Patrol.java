package io.tenantry.reconciling;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Books;
import io.tenantry.charging.Books.Rented;
import io.tenantry.identity.Access;
import io.tenantry.listing.Wish;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.reconciling.Findings.Finding;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import io.tenantry.wallet.WalletMoved;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.Desk;
import io.tenantry.work.Work;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Services of a tenant of its own, a vendor's yard, and those who look at it: all over a real PostgreSQL, each step a transaction. */
final class Patrol {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final Books books;
    final Desk desk;
    final Yard yard = new Yard();
    final FindingActions actions;
    final Rounds rounds;
    private final Findings findings;
    private final Reconcile reconcile;
    private final Mend mend;
    private final UUID price;

    Patrol(String slug) {
        books = new Books(slug, "EUR", "Europe/Berlin");
        books.clock.stopAt(NOON);
        desk = new Desk(books.tenant);
        var access = new Access(books.sql);
        var tenants = new TenantDirectory(Database.administration());
        var audit = new AuditTrail();
        inject(audit, "sql", books.sql);
        var wallets = new Wallets(books.sql, books.clock, books.ledger);
        inject(wallets, "moved", unheard());
        var consequences = new Consequences(books.sql, books.clock, desk.items);
        var givingBack = new GivingBack(books.sql, wallets);
        var inventories = new Inventories(new Upstreams(List.of(yard)));
        reconcile = new Reconcile(
                new Looking(books.sql, books.clock, desk.items, consequences, givingBack, Boundary.of(books.tenant)),
                inventories);
        mend = new Mend(new Mending(books, desk), inventories);
        findings = new Findings(books.sql, access, tenants);
        actions = new FindingActions(books.sql, access, audit, consequences, givingBack);
        rounds = new Rounds(books.sql, access, desk.items);
        price = books.price("7.30");
    }

    /** As before: no servers, no services, and what was found is of an account that is no more. */
    void clear() {
        desk.clear();
        yard.clear();
        books.clock.stopAt(NOON);
        var schema = books.tenant.schema();
        Database.asOwner("update " + schema + ".finding set account = 'past', state = 'RESOLVED',"
                + " resolved_at = coalesce(resolved_at, now()), resolution = coalesce(resolution, 'GONE')");
        Database.asOwner("delete from " + schema + ".account_reading");
        Database.asOwner("delete from " + schema + ".power_look");
        Database.asOwner(
                "update " + schema
                        + ".service set power_wanted = null, account = null, upstream_id = null, rescue = null where account is not null");
    }

    /** A running service whose server of that number is there. */
    Rented live(String wallet, String number) {
        var rented = books.rent(books.wallet(wallet), price, books.clock.instant());
        place(rented.service(), number);
        yard.puts(number, rented.service());
        return rented;
    }

    /** An order whose server the vendor was asked for, of which it has not said a number. */
    UUID underway() {
        var service = books.order(books.wallet("1"), price).service();
        books.in(() -> books.sql.update("""
                update service
                   set state = 'PROVISIONING', account = ?, upstream_region = 'fra', upstream_size = 'small', upstream_image = 'plain'
                 where id = ?
                """, Yard.ACCOUNT, service));
        return service;
    }

    private void place(UUID service, String number) {
        books.in(() -> books.sql.update("""
                update service
                   set account = ?, upstream_region = 'fra', upstream_size = 'small', upstream_image = 'plain', upstream_id = ?,
                       address = '203.0.113.1', version = version + 1
                 where id = ?
                """, Yard.ACCOUNT, number, service));
    }

    /** The service is in that state from now on. */
    void state(UUID service, String state) {
        books.in(() ->
                books.sql.update("update service set state = ?, version = version + 1 where id = ?", state, service));
    }

    /** It ends, and all who see to that are done. */
    void end(Rented rented) {
        books.end(rented, books.clock.instant());
    }

    /** Everybody works at what is due, whenever that is. */
    void look() {
        books.in(rounds::begin);
        desk.makeDue();
        desk.letLeasesRunOut();
        desk.work(reconcile, mend);
    }

    /** Accounts are looked at, and nothing is done about what is found. */
    void onlyLook() {
        desk.makeDue();
        desk.work(reconcile);
    }

    /** Two looks, as far apart as it takes. */
    void lookTwice() {
        look();
        pass(Sightings.APART);
        look();
    }

    /** That much time goes by for vendors. */
    void pass(Duration span) {
        var earlier = " - interval '" + span.toSeconds() + " seconds'";
        Database.asOwner("update " + books.tenant.schema() + ".finding set first_seen_at = first_seen_at" + earlier
                + ", last_seen_at = last_seen_at" + earlier + ", confirmed_at = confirmed_at" + earlier
                + ", asked_at = asked_at" + earlier + ", resolved_at = resolved_at" + earlier);
        Database.asOwner("update " + books.tenant.schema() + ".power_look set looked_at = looked_at" + earlier
                + ", since = since" + earlier);
    }

    /** All that was ever found, the latest first. */
    List<Finding> found() {
        return books.in(() -> findings.rows(new Wish(
                "", Map.of(Findings.STATE, "all", Findings.ACCOUNT, Yard.ACCOUNT), "", false, 0, Wish.LIMIT_MAX)));
    }

    /** Servers that are only listed. */
    List<Finding> foreign() {
        return books.in(() -> findings.rows(new Wish(
                "",
                Map.of(Findings.STATE, "all", Findings.KIND, "foreign", Findings.ACCOUNT, Yard.ACCOUNT),
                "",
                false,
                0,
                Wish.LIMIT_MAX)));
    }

    Finding only() {
        var all = found();
        if (all.size() != 1) {
            throw new IllegalStateException("one finding was expected: " + all);
        }
        return all.get(0);
    }

    Rounds.Standing standing() {
        return books.in(rounds::all).stream()
                .filter(one -> one.account().equals(Yard.ACCOUNT))
                .findFirst()
                .orElseThrow();
    }

    String column(UUID service, String column) {
        return books.in(() -> books.sql.one(
                "select " + column + "::text as value from service where id = ?", row -> row.text("value"), service));
    }

    List<String> timeline(UUID service) {
        return books.in(() -> books.sql.query(
                "select what from service_event where service_id = ? order by id", row -> row.text("what"), service));
    }

    private static void inject(Object bean, String name, Object value) {
        io.tenantry.provider.account.Desk.inject(bean, name, value);
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletMoved> unheard() {
        return (Event<WalletMoved>) Proxy.newProxyInstance(
                Patrol.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> null);
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class Mending extends MendSteps {
        private final TenantId tenant;

        Mending(Books books, Desk desk) {
            super(books.sql, desk.items);
            tenant = books.tenant;
        }

        @Override
        public Optional<Order> read(Work work) {
            return Database.in(tenant, () -> super.read(work));
        }

        @Override
        public Optional<Duration> ask(Work work) {
            return Database.in(tenant, () -> super.ask(work));
        }

        @Override
        public void gone(Work work) {
            Database.run(tenant, () -> super.gone(work));
        }

        @Override
        public void callOff(Work work) {
            Database.run(tenant, () -> super.callOff(work));
        }
    }
}
