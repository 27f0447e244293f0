package io.tenantry.dunning;

import io.tenantry.charging.Books;
import io.tenantry.config.Settings;
import io.tenantry.identity.Access;
import io.tenantry.mail.Outbox;
import io.tenantry.money.Money;
import io.tenantry.provider.account.Desk;
import io.tenantry.provisioning.Renting;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import io.tenantry.wallet.WalletMoved;
import io.tenantry.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Customers who pay or do not, those who look after their debts, and a postman: all over a real PostgreSQL, each step a transaction. */
final class Debtors {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final Renting renting;
    final Debts debts;
    final Letterbox letterbox;
    final Repayments repayments;
    final Ladders ladders;
    final Dunning dunning;
    final UUID price;
    final Reminders reminders;
    private final Committing steps;
    private final Dun dun;
    private final BringBack back;
    private final EndForDebt end;

    Debtors(String slug) {
        renting = new Renting(slug);
        var books = renting.books;
        var tenants = new TenantDirectory(Database.administration());
        var settings = new Settings(Map.of("tenantry.mail.host", "127.0.0.1")::get, name -> null);
        var outbox = new Outbox();
        Desk.inject(outbox, "sql", books.sql);
        Desk.inject(outbox, "clock", books.clock);
        Desk.inject(outbox, "settings", settings);
        var access = new Access(books.sql);
        debts = new Debts(books.sql);
        letterbox = new Letterbox(books.sql, books.clock, outbox, tenants, settings);
        repayments = new Repayments(books.sql, books.clock, renting.desk.items);
        ladders = new Ladders(books.sql, books.clock, access, renting.audit, debts);
        dunning = new Dunning(books.sql, books.clock, access, renting.audit, debts);
        steps = new Committing();
        reminders = new Reminding();
        dun = new Dun(steps, reminders, settings);
        back = new BringBack(steps);
        end = new EndForDebt(steps);
        price = books.price("7.30");
    }

    /** A customer with a wallet that holds an amount, and a server in our books alone at a cent an hour. */
    UUID customer(String amount) {
        var wallet = renting.books.wallet(amount);
        renting.organization(wallet);
        rent(wallet);
        return wallet;
    }

    UUID rent(UUID wallet) {
        return rent(wallet, price);
    }

    /** A server of another plan. */
    UUID rent(UUID wallet, UUID itsPrice) {
        return renting.books
                .rent(wallet, itsPrice, renting.books.clock.instant())
                .service();
    }

    /** Whose price it is. */
    UUID plan(UUID itsPrice) {
        return UUID.fromString(texts("select plan_id from %s.price_version where id = '" + itsPrice + "'")
                .get(0));
    }

    /** A server gets another plan. */
    void resize(UUID wallet, UUID service, UUID itsPrice) {
        var books = renting.books;
        books.change(new Books.Rented(service, wallet), itsPrice, books.clock.instant());
        books.in(() -> books.sql.update("update service set plan_id = ? where id = ?", plan(itsPrice), service));
    }

    /** How a service is. */
    String state(UUID service) {
        return texts("select state from %s.service where id = '" + service + "'")
                .get(0);
    }

    UUID organization(UUID wallet) {
        return UUID.fromString(texts("select organization_id from %s.wallet where id = '" + wallet + "'")
                .get(0));
    }

    /** So much time goes by, and is charged. */
    void pass(Duration span) {
        var books = renting.books;
        books.clock.stopAt(books.clock.instant().plus(span));
        books.charge(books.clock.instant());
    }

    /** All mails that wait go out. */
    void deliver() {
        Database.asOwner("update " + renting.books.tenant.schema() + ".mail set state = 'SENT', sent_at = '"
                + renting.books.clock.instant() + "' where state = 'WAITING'");
    }

    /** None of those that wait will ever go out. */
    void refuse() {
        Database.asOwner("update " + renting.books.tenant.schema()
                + ".mail set state = 'FAILED', fault_kind = 'REFUSED'" + " where state = 'WAITING'");
    }

    /** Somebody goes through all debts, and then everybody does what follows of it. */
    void round() {
        renting.books.in(() -> renting.desk.items.write(Dun.KIND, Dun.KEY, Dun.SUBJECT));
        renting.desk.makeDue();
        renting.desk.work(dun, back, end);
        renting.desk.makeDue();
        renting.desk.work(back, end);
    }

    /** A day goes by with its mails, and somebody goes through all debts. */
    void days(int days) {
        for (var i = 0; i < days; i++) {
            pass(Duration.ofDays(1));
            deliver();
            round();
            deliver();
        }
    }

    /** Money comes. */
    void pays(UUID wallet, String amount) {
        renting.books.topUp(wallet, amount, () -> repayments.walletMoved(new WalletMoved(wallet)));
    }

    /** It is not paid. */
    void writesOff(UUID wallet, Money amount) {
        var wallets = ItemsTaken.wallets(renting.books, repayments::walletMoved);
        renting.books.in(() -> wallets.writeOff(wallet, amount, "insolvent", "concession:" + UUID.randomUUID()));
        renting.books.topUp(wallet, "0");
    }

    /** What is open is paid, to the last decimal. */
    void paysAll(UUID wallet) {
        pays(wallet, renting.books.balance(wallet).negated().amount().toPlainString());
    }

    /** Whoever brings back what is paid has a turn. */
    void bringBack() {
        renting.desk.makeDue();
        renting.desk.work(back);
    }

    /** The steps taken about a wallet, the first first, with their turns from the second on; episodes apart. */
    String steps(UUID wallet) {
        return String.join(
                ", ",
                texts(
                        "select string_agg(s.act || case when s.turn > 1 then s.nth || '.' || s.turn else s.nth::text end, ' ' order by s.taken_at, s.turn, s.id) from %s.dunning_episode e"
                                + " join %s.dunning_step s on s.episode_id = e.id where e.wallet_id = '" + wallet
                                + "' group by e.id order by e.id"));
    }

    /** The states of a wallet's services. */
    List<String> states(UUID wallet) {
        return texts("select state || case when suspended_for_debt then ' for debt' else '' end from %s.service"
                + " where wallet_id = '" + wallet + "' order by ordered_at, id");
    }

    /** The letters about an organization's debts, the first first. */
    List<String> letters(UUID wallet) {
        return texts("select m.letter from %s.mail m join %s.person p on p.email = m.recipient join %s.membership b"
                + " on b.person_id = p.id join %s.wallet w on w.organization_id = b.organization_id where w.id = '"
                + wallet + "' and m.letter like 'DEBT%%' order by m.created_at, m.id");
    }

    /** Where an organization wants its documents, whatever it wanted before. */
    void bills(UUID wallet, String email) {
        Database.asOwner("update " + renting.books.tenant.schema() + ".organization set billing_email = '" + email
                + "', name = 'Kiosk' where id = '" + organization(wallet) + "'");
    }

    /** Something of each mail about a wallet's money that its organization got, the first first. */
    List<String> mails(UUID wallet, String what) {
        return texts("select " + what + " from %s.mail m where m.idempotency_key in (select unnest(s.letters) from"
                + " %s.dunning_step s join %s.dunning_episode e on e.id = s.episode_id where e.wallet_id = '" + wallet
                + "') order by m.created_at, m.id");
    }

    List<String> texts(String query) {
        return Database.texts(
                query.replace("%s", renting.books.tenant.schema().toString()).replace("%%", "%"));
    }

    /** As somebody. */
    <T> T as(Actor actor, Supplier<T> deed) {
        return Database.in(renting.books.tenant, () -> {
            try (var acting = Actors.enter(actor)) {
                return deed.get();
            }
        });
    }

    /** A work item for going through all debts, claimed by a worker. */
    Work claimed() {
        renting.books.in(() -> renting.desk.items.write(Dun.KIND, Dun.KEY, Dun.SUBJECT));
        renting.desk.makeDue();
        return renting.desk.queue.claim(Set.of(Dun.KIND)).orElseThrow();
    }

    DunningSteps stepwise() {
        return steps;
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private final class Committing extends DunningSteps {
        Committing() {
            sql = renting.books.sql;
            clock = renting.books.clock;
            items = renting.desk.items;
            debts = Debtors.this.debts;
            letterbox = Debtors.this.letterbox;
            suspensions = renting.suspensions;
            wallets = ItemsTaken.wallets(renting.books, repayments::walletMoved);
            audit = renting.audit;
        }

        @Override
        public int look(Work work, int limit) {
            return renting.books.in(() -> super.look(work, limit));
        }

        @Override
        public Page due(Work work, UUID after, int limit) {
            return renting.books.in(() -> super.due(work, after, limit));
        }

        @Override
        public boolean take(Work work, UUID walletId) {
            return renting.books.in(() -> super.take(work, walletId));
        }

        @Override
        public int bringBack(Work work, UUID episode) {
            return renting.books.in(() -> super.bringBack(work, episode));
        }

        @Override
        public boolean end(Work work, UUID service) {
            return renting.books.in(() -> {
                services = renting.services();
                return super.end(work, service);
            });
        }
    }

    /** The same of reminders. */
    private final class Reminding extends Reminders {
        Reminding() {
            sql = renting.books.sql;
            clock = renting.books.clock;
            items = renting.desk.items;
            debts = Debtors.this.debts;
            letterbox = Debtors.this.letterbox;
            audit = renting.audit;
        }

        @Override
        public int look(Work work) {
            return renting.books.in(() -> super.look(work));
        }

        @Override
        public DunningSteps.Page within(Work work, UUID after, int limit) {
            return renting.books.in(() -> super.within(work, after, limit));
        }

        @Override
        public boolean remind(Work work, UUID walletId) {
            return renting.books.in(() -> super.remind(work, walletId));
        }
    }
}
