package io.tenantry.documents.mail;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.config.Settings;
import io.tenantry.documents.InvoiceFiles;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.server.FakeMailServer;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import jakarta.mail.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/** The outbox as the server assembles it: over a real database and a real socket, each step in its own transaction. */
final class MailFixture implements AutoCloseable {
    static final TenantId TENANT = new TenantId("posted");
    static final String ORIGIN = "http://posted.example:8080";

    final FakeMailServer server = FakeMailServer.open();
    final MovableClock clock = new MovableClock();
    final Properties properties = new Properties();
    private final Settings settings = new Settings(Map.of("tenantry.mail.host", "127.0.0.1")::get, name -> null);
    private final Sql sql = new Sql(Database.runtime());
    private final MailTransactions mailTransactions = new MailTransactions();
    private final MailDispatcher mailDispatcher = new MailDispatcher();
    private final MailWriters mailWriters = new MailWriters();
    private final MailHandover mailHandover = new MailHandover();
    private final TenantId tenant;
    private boolean databaseAway;

    /** Creates the tenant, once for all tests that use the fixture. */
    static void prepare() {
        var known = Database.texts("select slug from platform.tenant where slug = '" + TENANT.value() + "'");
        if (known.isEmpty()) {
            Database.tenant(TENANT, "EUR", "Europe/Berlin");
        }
    }

    MailFixture(Brand brand) {
        this(brand, TENANT, new NoDocuments(), new InvoiceFiles());
    }

    /** Creates the outbox of another tenant that also sends documents. */
    MailFixture(Brand brand, TenantId tenant, InvoiceMails invoiceMails, InvoiceFiles invoiceFiles) {
        this.tenant = tenant;
        clock.stopAt(Instant.parse("2026-11-22T12:00:00Z"));
        properties.putAll(Map.of(
                "mail.smtp.host", "127.0.0.1",
                "mail.smtp.port", Integer.toString(server.port()),
                "mail.smtp.timeout", "2000"));
        mailTransactions.sql = sql;
        mailTransactions.clock = clock;
        mailTransactions.settings = settings;
        mailTransactions.vault = Vault.of(List.of("first=" + "A".repeat(43) + "="));
        mailHandover.session = Session.getInstance(properties);
        mailDispatcher.outbox = mailTransactions;
        mailWriters.notificationMails = new NoNotifications();
        invoiceMails.sql = sql;
        invoiceMails.clock = clock;
        invoiceMails.outbox = mailTransactions;
        invoiceMails.settings = settings;
        mailWriters.invoiceMails = invoiceMails;
        mailHandover.mailAttachments = new MailAttachments();
        mailHandover.mailAttachments.invoiceFiles = invoiceFiles;
        mailWriters.settlementMails = new NoSettlements();
        mailDispatcher.outboxSchedule = new OutboxSchedule();
        mailDispatcher.unconfirmedDeliveries = new UnconfirmedDeliveries();
        mailHandover.vault = mailTransactions.vault;
        mailHandover.settings = settings;
        mailDispatcher.mailWriters = mailWriters;
        mailDispatcher.mailHandover = mailHandover;
        mailDispatcher.clock = clock;
        mailDispatcher.brands = new OneBrand(brand);
        mailDispatcher.tenants = new OneTenant(tenant);
        mailDispatcher.settings = settings;
        Database.asOwner("delete from " + schema() + ".mail");
    }

    private String schema() {
        return Scope.of(tenant).schema();
    }

    Outbox outbox() {
        return mailTransactions;
    }

    /** Queues an email. */
    void write(MailTemplate mailTemplate, Locale locale, Map<String, String> variables) {
        Database.run(
                tenant,
                () -> mailTransactions.write(
                        mailTemplate,
                        locale,
                        "olga@kiosk.example",
                        variables,
                        UUID.randomUUID().toString()));
    }

    /** Queues an invitation with a link, in German. */
    void invite() {
        write(MailTemplate.INVITATION, Locale.GERMAN, Map.of("name", "Jürgen Größer", "link", ORIGIN + "/link#secret"));
    }

    /** Queues an email to an operator of the platform. */
    void writeToOperator(Map<String, String> variables) {
        Database.run(
                Scope.PLATFORM,
                () -> mailTransactions.write(
                        MailTemplate.PASSWORD_RESET,
                        Locale.ENGLISH,
                        "pia@platform.example",
                        variables,
                        UUID.randomUUID().toString()));
    }

    /** Runs the timer. */
    void deliver() {
        try (var actorScope = Actors.enter(Actor.system("mails"))) {
            mailDispatcher.deliver();
        }
    }

    /** Runs the timer after this pause. */
    void deliverAfter(Duration pause) {
        clock.stopAt(clock.instant().plus(pause));
        deliver();
    }

    /** Sets whether the database is unavailable when an email is to be marked as sent. */
    void setDatabaseUnavailable(boolean isUnavailable) {
        databaseAway = isUnavailable;
    }

    /** Returns an expression over the emails. */
    List<String> mails(String expression) {
        return Database.texts("select " + expression + " from " + schema() + ".mail order by 1");
    }

    List<Outbox.Mail> claim() {
        return Tenancy.in(tenant, mailTransactions::claim);
    }

    boolean holds(Outbox.Mail mail) {
        return Tenancy.in(tenant, () -> mailTransactions.holds(mail));
    }

    void failed(Outbox.Mail mail, DeliveryFailure deliveryFailure) {
        Tenancy.in(tenant, () -> {
            mailTransactions.failed(mail, deliveryFailure);
            return true;
        });
    }

    @Override
    public void close() {
        server.close();
    }

    /** The outbox with its transactions. */
    private final class MailTransactions extends Outbox {
        @Override
        public Optional<Instant> nextTry() {
            return Database.in(Tenancy.scope(), super::nextTry);
        }

        @Override
        public List<Mail> claim() {
            return Database.in(Tenancy.scope(), super::claim);
        }

        @Override
        public boolean holds(Mail mail) {
            return Database.in(Tenancy.scope(), () -> super.holds(mail));
        }

        @Override
        public void putBack(List<Mail> untried) {
            Database.run(Tenancy.scope(), () -> super.putBack(untried));
        }

        @Override
        public void sent(UUID id, String messageId) {
            if (databaseAway) {
                throw new IllegalStateException("the database is away");
            }
            Database.run(Tenancy.scope(), () -> super.sent(id, messageId));
        }

        @Override
        public void failed(Mail mail, DeliveryFailure deliveryFailure) {
            Database.run(Tenancy.scope(), () -> super.failed(mail, deliveryFailure));
        }
    }

    private static final class NoNotifications extends NotificationMails {
        @Override
        public int write(Tenant tenant) {
            return 0;
        }
    }

    private static final class NoDocuments extends InvoiceMails {
        @Override
        public int write(Tenant tenant) {
            return 0;
        }
    }

    private static final class NoSettlements extends SettlementMails {
        @Override
        public int write(Tenant tenant) {
            return 0;
        }
    }

    private static final class OneBrand extends Brands {
        private final Brand brand;

        OneBrand(Brand brand) {
            this.brand = brand;
        }

        @Override
        public Brand current() {
            return brand;
        }
    }

    /** Other tests also have emails in this database. */
    private static final class OneTenant extends TenantDirectory {
        private final TenantId tenant;

        OneTenant(TenantId tenant) {
            super(Database.administration());
            this.tenant = tenant;
        }

        @Override
        public List<Tenant> chargeable() {
            return super.chargeable().stream()
                    .filter(one -> one.id().equals(tenant))
                    .toList();
        }
    }
}
