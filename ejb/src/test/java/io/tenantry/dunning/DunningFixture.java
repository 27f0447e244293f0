package io.tenantry.dunning;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.billing.wallet.WalletBalanceChanged;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provisioning.Renting;
import io.tenantry.config.Settings;
import io.tenantry.documents.mail.Outbox;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Customers who pay or do not, dunning, and mail delivery: all over a real PostgreSQL, each step a transaction. */
final class DunningFixture {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final Renting renting;
    final DunningCases dunningCases;
    final DunningMailer dunningMailer;
    final DebtClearance debtClearance;
    final DunningPolicies dunningPolicies;
    final Dunning dunning;
    final UUID price;
    final LowBalanceReminders lowBalanceReminders;
    private final Committing steps;
    private final DunningHandler dunningHandler;
    private final UnsuspendHandler back;
    private final TerminateForNonPaymentHandler end;

    DunningFixture(String slug) {
        renting = new Renting(slug);
        var billingFixture = renting.billingFixture;
        var tenants = new TenantDirectory(Database.administration());
        var settings = new Settings(Map.of("tenantry.mail.host", "127.0.0.1")::get, name -> null);
        var outbox = new Outbox();
        ProviderAccountFixture.inject(outbox, "sql", billingFixture.sql);
        ProviderAccountFixture.inject(outbox, "clock", billingFixture.clock);
        ProviderAccountFixture.inject(outbox, "settings", settings);
        var access = new Access(billingFixture.sql);
        dunningCases = new DunningCases(billingFixture.sql);
        dunningMailer = new DunningMailer(billingFixture.sql, billingFixture.clock, outbox, tenants, settings);
        debtClearance = new DebtClearance(billingFixture.sql, billingFixture.clock, renting.workQueueFixture.items);
        dunningPolicies =
                new DunningPolicies(billingFixture.sql, billingFixture.clock, access, renting.audit, dunningCases);
        dunning = new Dunning(billingFixture.sql, billingFixture.clock, access, renting.audit, dunningCases);
        steps = new Committing();
        lowBalanceReminders = new Reminding();
        dunningHandler = new DunningHandler(steps, lowBalanceReminders, settings);
        var suspensions = new CommittingSuspensions();
        back = new UnsuspendHandler(suspensions);
        end = new TerminateForNonPaymentHandler(suspensions);
        price = billingFixture.price("7.30");
    }

    /** Creates a customer with a wallet that holds an amount, and a server that exists only in our database at a cent an hour. */
    UUID customer(String amount) {
        var wallet = renting.billingFixture.wallet(amount);
        renting.organization(wallet);
        rent(wallet);
        return wallet;
    }

    UUID rent(UUID wallet) {
        return rent(wallet, price);
    }

    /** Creates a server of another plan. */
    UUID rent(UUID wallet, UUID itsPrice) {
        return renting.billingFixture
                .rent(wallet, itsPrice, renting.billingFixture.clock.instant())
                .service();
    }

    /** Returns the plan of the price. */
    UUID plan(UUID itsPrice) {
        return UUID.fromString(texts("select plan_id from %s.price_version where id = '" + itsPrice + "'")
                .get(0));
    }

    /** Changes a server to another plan. */
    void resize(UUID wallet, UUID service, UUID itsPrice) {
        var billingFixture = renting.billingFixture;
        billingFixture.change(new BillingFixture.Rented(service, wallet), itsPrice, billingFixture.clock.instant());
        billingFixture.in(() ->
                billingFixture.sql.update("update service set plan_id = ? where id = ?", plan(itsPrice), service));
    }

    /** Returns the state of a service. */
    String state(UUID service) {
        return texts("select state from %s.service where id = '" + service + "'")
                .get(0);
    }

    UUID organization(UUID wallet) {
        return UUID.fromString(texts("select organization_id from %s.wallet where id = '" + wallet + "'")
                .get(0));
    }

    /** Lets time pass and charges it. */
    void advance(Duration span) {
        var billingFixture = renting.billingFixture;
        billingFixture.clock.stopAt(billingFixture.clock.instant().plus(span));
        billingFixture.charge(billingFixture.clock.instant());
    }

    /** Delivers all pending emails. */
    void deliver() {
        Database.asOwner("update " + renting.billingFixture.tenant.schema() + ".mail set state = 'SENT', sent_at = '"
                + renting.billingFixture.clock.instant() + "' where state = 'WAITING'");
    }

    /** Makes all pending emails permanently undeliverable. */
    void rejectMails() {
        Database.asOwner("update " + renting.billingFixture.tenant.schema()
                + ".mail set state = 'FAILED', fault_kind = 'REFUSED'" + " where state = 'WAITING'");
    }

    /** Runs dunning over all debts, followed by all resulting work. */
    void runDunning() {
        renting.billingFixture.in(() ->
                renting.workQueueFixture.items.write(DunningHandler.KIND, DunningHandler.KEY, DunningHandler.SUBJECT));
        renting.workQueueFixture.makeDue();
        renting.workQueueFixture.work(dunningHandler, back, end);
        renting.workQueueFixture.makeDue();
        renting.workQueueFixture.work(back, end);
    }

    /** For each day, delivers its emails and runs dunning over all debts. */
    void advanceDays(int days) {
        for (var i = 0; i < days; i++) {
            advance(Duration.ofDays(1));
            deliver();
            runDunning();
            deliver();
        }
    }

    /** Tops up a wallet. */
    void pay(UUID wallet, String amount) {
        renting.billingFixture.topUp(wallet, amount, () -> debtClearance.walletMoved(new WalletBalanceChanged(wallet)));
    }

    /** Writes off an amount. */
    void writeOff(UUID wallet, Money amount) {
        var wallets = ItemsCharged.wallets(renting.billingFixture, debtClearance::walletMoved);
        renting.billingFixture.in(
                () -> wallets.writeOff(wallet, amount, "insolvent", "adjustment:" + UUID.randomUUID()));
        renting.billingFixture.topUp(wallet, "0");
    }

    /** Pays the open amount, to the last decimal. */
    void payAll(UUID wallet) {
        pay(wallet, renting.billingFixture.balance(wallet).negated().amount().toPlainString());
    }

    /** Runs the worker that reactivates services after payment. */
    void runUnsuspensions() {
        renting.workQueueFixture.makeDue();
        renting.workQueueFixture.work(back);
    }

    /** Returns the steps taken for a wallet, the first first, with their turns from the second on; episodes are separate. */
    String steps(UUID wallet) {
        return String.join(
                ", ",
                texts(
                        "select string_agg(s.action || case when s.turn > 1 then s.nth || '.' || s.turn else s.nth::text end, ' ' order by s.taken_at, s.turn, s.id) from %s.dunning_case e"
                                + " join %s.dunning_step s on s.case_id = e.id where e.wallet_id = '" + wallet
                                + "' group by e.id order by e.id"));
    }

    /** Returns the states of a wallet's services. */
    List<String> states(UUID wallet) {
        return texts("select state || case when suspended_for_debt then ' for debt' else '' end from %s.service"
                + " where wallet_id = '" + wallet + "' order by ordered_at, id");
    }

    /** Returns the emails about an organization's debts, the first first. */
    List<String> debtMails(UUID wallet) {
        return texts("select m.template from %s.mail m join %s.person p on p.email = m.recipient join %s.membership b"
                + " on b.person_id = p.id join %s.wallet w on w.organization_id = b.organization_id where w.id = '"
                + wallet + "' and m.template like 'DEBT%%' order by m.created_at, m.id");
    }

    /** Sets an organization's billing email, replacing any previous one. */
    void setBillingEmail(UUID wallet, String email) {
        Database.asOwner("update " + renting.billingFixture.tenant.schema() + ".organization set billing_email = '"
                + email + "', name = 'Kiosk' where id = '" + organization(wallet) + "'");
    }

    /** Returns an expression of each email about a wallet's money that its organization received, the first first. */
    List<String> mails(UUID wallet, String what) {
        return texts("select " + what + " from %s.mail m where m.idempotency_key in (select unnest(s.mail_keys) from"
                + " %s.dunning_step s join %s.dunning_case e on e.id = s.case_id where e.wallet_id = '" + wallet
                + "') order by m.created_at, m.id");
    }

    /** Executes a statement as the owner; {@code %s} is the schema. */
    int execute(String statement) {
        return Database.asOwner(statement.replace("%s", renting.billingFixture.tenant.schema()));
    }

    List<String> texts(String query) {
        return Database.texts(
                query.replace("%s", renting.billingFixture.tenant.schema().toString())
                        .replace("%%", "%"));
    }

    /** Runs an action as the actor. */
    <T> T as(Actor actor, Supplier<T> action) {
        return Database.in(renting.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(actor)) {
                return action.get();
            }
        });
    }

    /** Returns a work item for dunning all debts, claimed by a worker. */
    ClaimedWorkItem claimWorkItem() {
        renting.billingFixture.in(() ->
                renting.workQueueFixture.items.write(DunningHandler.KIND, DunningHandler.KEY, DunningHandler.SUBJECT));
        renting.workQueueFixture.makeDue();
        return renting.workQueueFixture.queue.claim(Set.of(DunningHandler.KIND)).orElseThrow();
    }

    DunningTransactions transactions() {
        return steps;
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private final class Committing extends DunningTransactions {
        Committing() {
            sql = renting.billingFixture.sql;
            clock = renting.billingFixture.clock;
            items = renting.workQueueFixture.items;
            dunningCases = DunningFixture.this.dunningCases;
            dunningMailer = DunningFixture.this.dunningMailer;
            suspensions = renting.suspensions;
            itemCharges = new ItemCharges(ItemsCharged.wallets(renting.billingFixture, debtClearance::walletMoved));
            audit = renting.audit;
        }

        @Override
        public int inspect(ClaimedWorkItem claimedWorkItem, int limit) {
            return renting.billingFixture.in(() -> super.inspect(claimedWorkItem, limit));
        }

        @Override
        public Page due(ClaimedWorkItem claimedWorkItem, UUID after, int limit) {
            return renting.billingFixture.in(() -> super.due(claimedWorkItem, after, limit));
        }

        @Override
        public boolean take(ClaimedWorkItem claimedWorkItem, UUID walletId) {
            return renting.billingFixture.in(() -> super.take(claimedWorkItem, walletId));
        }
    }

    /** Same as above, for the end of suspensions. */
    private final class CommittingSuspensions extends DunningSuspensionTransactions {
        CommittingSuspensions() {
            sql = renting.billingFixture.sql;
            clock = renting.billingFixture.clock;
            items = renting.workQueueFixture.items;
            dunningCases = DunningFixture.this.dunningCases;
            dunningMailer = DunningFixture.this.dunningMailer;
            suspensions = renting.suspensions;
        }

        @Override
        public int resume(ClaimedWorkItem claimedWorkItem, UUID episode) {
            return renting.billingFixture.in(() -> super.resume(claimedWorkItem, episode));
        }

        @Override
        public boolean terminate(ClaimedWorkItem claimedWorkItem, UUID service) {
            return renting.billingFixture.in(() -> {
                terminations = renting.terminations();
                return super.terminate(claimedWorkItem, service);
            });
        }
    }

    /** Same as above, for reminders. */
    private final class Reminding extends LowBalanceReminders {
        Reminding() {
            sql = renting.billingFixture.sql;
            clock = renting.billingFixture.clock;
            items = renting.workQueueFixture.items;
            dunningCases = DunningFixture.this.dunningCases;
            dunningMailer = DunningFixture.this.dunningMailer;
            audit = renting.audit;
        }

        @Override
        public int inspect(ClaimedWorkItem claimedWorkItem) {
            return renting.billingFixture.in(() -> super.inspect(claimedWorkItem));
        }

        @Override
        public DunningTransactions.Page within(ClaimedWorkItem claimedWorkItem, UUID after, int limit) {
            return renting.billingFixture.in(() -> super.within(claimedWorkItem, after, limit));
        }

        @Override
        public boolean remind(ClaimedWorkItem claimedWorkItem, UUID walletId) {
            return renting.billingFixture.in(() -> super.remind(claimedWorkItem, walletId));
        }
    }
}
