package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.Invoicing;
import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.documents.InvoiceFiles;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.documents.mail.InvoiceDelivery.Decision;
import io.tenantry.documents.mail.InvoiceDelivery.Outcome;
import io.tenantry.documents.mail.InvoiceDelivery.Sent;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.server.FakeMailServer;
import io.tenantry.server.FakeMailServer.Behavior;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Delivery of documents by email: recipients, attachments, exactly one email each, and failures on the way. */
@Tag("full")
class InvoiceDeliveryTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant ISSUED = Instant.parse("2026-11-04T00:00:00Z");
    private static final Brand BRAND =
            Brand.of("Aurora & Söhne", Colour.of("#b93815"), Colour.of("#9f1239"), Colour.of("#0d9488"));

    private static BillingFixture billingFixture;
    private static io.tenantry.billing.invoicing.InvoicingFixture invoices;
    private static InvoiceQuery invoiceQuery;

    private final Printer printer = new Printer();
    private final Steps invoiceMails = new Steps();
    private InvoiceDelivery mails;
    private MailFixture mailFixture;

    /** A customer with an owner, a read-only member, and a document. */
    private record Customer(UUID organization, UUID wallet, Actor owner, Actor member, UUID document) {}

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("mailing", "EUR", "Europe/Berlin");
        invoices = new io.tenantry.billing.invoicing.InvoicingFixture(billingFixture);
        var tenants = new TenantDirectory(Database.administration());
        var trail = io.tenantry.billing.invoicing.InvoicingFixture.trail(billingFixture);
        invoiceQuery = new InvoiceQuery(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                tenants,
                new Invoicing(billingFixture.sql, billingFixture.clock, tenants, trail));
    }

    @BeforeEach
    void open() {
        billingFixture.in(() -> billingFixture.sql.update("delete from invoice_delivery"));
        billingFixture.in(() -> billingFixture.sql.update("update invoice_policy set mailed = true"));
        mailFixture = new MailFixture(BRAND, billingFixture.tenant, invoiceMails, printer);
        mails = new InvoiceDelivery();
        mails.sql = billingFixture.sql;
        mails.clock = mailFixture.clock;
        mails.access = new Access(billingFixture.sql);
        mails.audit = io.tenantry.billing.invoicing.InvoicingFixture.trail(billingFixture);
        mails.tenants = new TenantDirectory(Database.administration());
        mails.invoiceMails = invoiceMails;
    }

    @AfterEach
    void close() {
        mailFixture.close();
    }

    @Test
    void mailsEachBillingContactOnceInTheirLanguage() throws MessagingException, IOException {
        var customer = customer("nordwind");
        mailFixture.deliver();
        mailFixture.deliverAfter(Duration.ofHours(3));

        assertThat(mailFixture.server.taken())
                .extracting(receivedMail -> receivedMail.recipients().get(0))
                .containsExactlyInAnyOrder("owner@nordwind.example", "billing@nordwind.example");
        var english = mailTo("billing@nordwind.example");
        var number = billingFixture
                .in(() -> invoiceQuery.one(customer.document()))
                .issued()
                .orElseThrow()
                .number();
        assertThat(english.getSubject()).isEqualTo("Aurora & Söhne: invoice " + number + " for October 2026");
        assertThat(parts(english)).hasSize(2);
        assertThat(text(parts(english).get(0)))
                .contains(
                        "Hello nordwind,",
                        "€5.15. It has been paid from your balance",
                        "/portal/invoice?id=" + customer.document() + "&in=" + customer.organization(),
                        "because invoices for nordwind are sent to this address");
        attached(parts(english).get(1), number + ".pdf", customer, Locale.ENGLISH);
        var german = mailTo("owner@nordwind.example");
        assertThat(german.getSubject()).isEqualTo("Aurora & Söhne: Rechnung " + number + " für Oktober 2026");
        assertThat(text(parts(german).get(0)))
                .contains("Guten Tag owner", "5,15\u00a0€. Sie ist aus Ihrem Guthaben bezahlt");
        attached(parts(german).get(1), number + ".pdf", customer, Locale.GERMAN);

        var delivery = billingFixture.in(() -> mails.of(customer.document()));
        assertThat(delivery.decision()).isEqualTo(Decision.QUEUED);
        assertThat(delivery.mails()).extracting(Sent::state).containsExactly("SENT", "SENT");
        assertThat(delivery.mails())
                .allSatisfy(mail -> assertThat(mail.sentAt()).isPresent());
    }

    @Test
    void headersDoNotMentionThePlatform() throws MessagingException, IOException {
        customer("white");
        mailFixture.deliver();

        for (var receivedMail : mailFixture.server.taken()) {
            var message = message(receivedMail);
            var heads = new StringBuilder(String.join("\n", java.util.Collections.list(message.getAllHeaderLines())));
            for (var part : parts(message)) {
                java.util.Collections.list(((jakarta.mail.internet.MimePart) part).getAllHeaderLines())
                        .forEach(heads::append);
            }
            assertThat(heads).doesNotContainIgnoringCase("tenantry").contains("application/pdf");
        }
    }

    @Test
    void usesTheLanguageOfDocumentsByDefault() {
        var german = new BillingFixture("mailing-german", "EUR", "Europe/Berlin");
        var organization = UUID.randomUUID();
        var reading = new InvoiceMails();
        reading.sql = german.sql;
        german.in(() -> german.sql.update("""
                insert into organization (id, name, billing_email, country, created_at)
                values (?, 'Nordwind', 'billing@nordwind.example', 'DE', now())
                """, organization));

        var before = german.in(() -> reading.contacts(List.of(organization)));
        german.in(() -> german.sql.update("""
                insert into document_template (version, accent, language, recorded_at, recorded_by)
                values (1, null, 'DE', now(), 'test')
                """));
        var after = german.in(() -> reading.contacts(List.of(organization)));

        assertThat(before).singleElement().returns(Optional.empty(), InvoiceMails.Contact::language);
        assertThat(after).singleElement().returns(Optional.of("de"), InvoiceMails.Contact::language);
    }

    @Test
    void mailsAnAddressOfAMemberOnce() {
        var customer = customer("same", "owner@same.example");
        mailFixture.deliver();

        assertThat(mailFixture.server.taken()).hasSize(1);
        assertThat(billingFixture.in(() -> mails.of(customer.document())).mails())
                .extracting(Sent::recipient)
                .containsExactly("owner@same.example");
    }

    @Test
    void queuesAllMailsOrNoneWhenANodeCrashes() {
        var customer = customer("dying");
        invoiceMails.diesAfter = 1;
        mailFixture.deliver();

        assertThat(mailFixture.server.taken()).isEmpty();
        assertThat(mailFixture.mails("recipient")).isEmpty();
        assertThat(billingFixture.in(() -> mails.of(customer.document())).decision())
                .isEqualTo(Decision.DUE);

        invoiceMails.diesAfter = Integer.MAX_VALUE;
        mailFixture.deliverAfter(Duration.ofMinutes(5));
        assertThat(mailFixture.server.taken()).hasSize(2);
    }

    @Test
    void queuesEachMailOnceFromConcurrentNodes() throws Exception {
        for (var i = 0; i < 4; i++) {
            customer("crowd" + i);
        }
        var pool = Executors.newFixedThreadPool(4);
        try {
            var work = java.util.Collections.nCopies(4, (Callable<Integer>) this::queueMails);
            var looked = 0;
            for (var done : pool.invokeAll(work)) {
                looked += done.get();
            }
            assertThat(looked).isEqualTo(4);
        } finally {
            pool.shutdownNow();
        }
        assertThat(mailFixture.mails("recipient")).hasSize(8).doesNotHaveDuplicates();
    }

    private int queueMails() {
        return Tenancy.in(billingFixture.tenant, () -> invoiceMails.write(tenant()));
    }

    @Test
    void retriesADocumentThatFailsToRenderAndSendsOtherMails() {
        var customer = customer("blank");
        printer.isBroken = true;
        mailFixture.deliver();
        mailFixture.invite();
        mailFixture.deliverAfter(Duration.ofMinutes(6));

        assertThat(mailFixture.server.taken()).hasSize(1);
        assertThat(billingFixture.in(() -> mails.of(customer.document())).mails())
                .allSatisfy(mail -> {
                    assertThat(mail.state()).isEqualTo("WAITING");
                    assertThat(mail.fault())
                            .map(DeliveryFailure::kind)
                            .contains(DeliveryFailure.Kind.ATTACHMENT_FAILED);
                });

        printer.isBroken = false;
        mailFixture.deliverAfter(Duration.ofMinutes(6));
        assertThat(mailFixture.server.taken()).hasSize(3);
    }

    @Test
    void retriesWhenTheServerIsDownAndRendersTheFileOnce() {
        var customer = customer("away");
        mailFixture.server.behave(Behavior.IS_SILENT);
        mailFixture.deliver();
        assertThat(billingFixture.in(() -> mails.of(customer.document())).mails())
                .extracting(Sent::state)
                .containsOnly("WAITING");
        mailFixture.server.behave(Behavior.TAKES);
        mailFixture.deliverAfter(Duration.ofMinutes(5));
        mailFixture.deliverAfter(Duration.ofMinutes(5));

        assertThat(mailFixture.server.taken()).hasSize(2);
        assertThat(Database.texts("select language from t_mailing.invoice_file where invoice_id = '"
                        + customer.document() + "' order by language"))
                .containsExactly("de", "en");
    }

    @Test
    void explainsHowToPayAnUnpaidDocument() throws MessagingException, IOException {
        customer("unpaid", "billing@unpaid.example", "1");
        mailFixture.deliver();
        assertThat(text(parts(mailTo("billing@unpaid.example")).get(0)))
                .contains(
                        "The total is €5.15. €1.00 has been paid from your balance. The amount due is €4.15.",
                        "Please top up",
                        "No bank account for payments has been added yet");

        enterSeller("DE89370400440532013000");
        customer("told", "billing@told.example", "1");
        customer("paid", "billing@paid.example", "100");
        mailFixture.deliverAfter(Duration.ofMinutes(6));
        assertThat(text(parts(mailTo("billing@told.example")).get(0)))
                .contains("Please top up", "IBAN: DE89 3704 0044 0532 0130 00", "Reference: RF");
        assertThat(text(parts(mailTo("billing@paid.example")).get(0))).doesNotContain("IBAN", "No bank account");
        enterSeller("");
    }

    private static void enterSeller(String iban) {
        Database.asOwner(
                "insert into t_mailing.invoice_seller (name, street, postcode, city, country, vat_number, tax_number,"
                        + " register, email, bank, iban, bic, note, recorded_at, recorded_by) values ('Aurora GmbH', 'a', 'b', 'c', 'DE', '',"
                        + " '', '', '', '', '" + iban + "', '', '', now(), 'test')");
    }

    @Test
    void givesUpAfterAPermanentRejectionWithItsReason() {
        var customer = customer("unknown");
        mailFixture.server.behave(Behavior.KNOWS_NOBODY);
        mailFixture.deliver();

        assertThat(billingFixture.in(() -> mails.of(customer.document())).mails())
                .allSatisfy(mail -> {
                    assertThat(mail.state()).isEqualTo("FAILED");
                    assertThat(mail.fault())
                            .contains(
                                    new DeliveryFailure(DeliveryFailure.Kind.REFUSED, "550 5.1.1 nobody of that name"));
                });
    }

    @Test
    void sendsNothingAutomaticallyWhenDisabled() {
        billingFixture.in(() -> billingFixture.sql.update("update invoice_policy set mailed = false"));
        var customer = customer("quiet");
        mailFixture.deliver();
        assertThat(mailFixture.server.taken()).isEmpty();
        assertThat(billingFixture.in(() -> mails.of(customer.document())).decision())
                .isEqualTo(Decision.OFF);

        assertThat(billingFixture.in(() -> mails.again(customer.document()))).isEqualTo(Outcome.DONE);
        mailFixture.deliverAfter(Duration.ofMinutes(6));
        assertThat(mailFixture.server.taken()).hasSize(2);
    }

    @Test
    void reportsADocumentWithoutRecipients() {
        var customer = customer("lost", "no address");
        billingFixture.in(() ->
                billingFixture.sql.update("delete from membership where organization_id = ?", customer.organization()));
        mailFixture.deliver();

        assertThat(billingFixture.in(() -> mails.of(customer.document())).decision())
                .isEqualTo(Decision.NO_RECIPIENT);
        assertThat(billingFixture.in(() -> mails.again(customer.document()))).isEqualTo(Outcome.NO_RECIPIENT);
    }

    @Test
    void sendsAgainOnRequestButOnceForADoubleClick() {
        var customer = customer("again");
        mailFixture.deliver();
        mailFixture.clock.stopAt(mailFixture.clock.instant().plus(Duration.ofHours(1)));

        assertThat(as(customer.owner(), () -> mails.again(customer.document()))).isEqualTo(Outcome.DONE);
        assertThat(as(customer.owner(), () -> mails.again(customer.document()))).isEqualTo(Outcome.WAITING);
        mailFixture.deliver();
        assertThat(mailFixture.server.taken()).hasSize(4);
        assertThat(Database.texts("select facts ->> 'to' from t_mailing.audit_record where action = 'invoice.mailed'"
                        + " and subject_id = '" + customer.document() + "'"))
                .containsExactly("billing@again.example, owner@again.example");
    }

    @Test
    void limitsHowOftenADocumentIsSent() {
        var customer = customer("endless");
        var other = customer("unaffected");
        mailFixture.deliver();
        mailFixture.clock.stopAt(mailFixture.clock.instant().plus(Duration.ofHours(25)));

        for (var i = 0; i < InvoiceDelivery.DOCUMENT_MAX; i++) {
            assertThat(as(customer.owner(), () -> mails.again(customer.document())))
                    .isEqualTo(Outcome.DONE);
            mailFixture.deliverAfter(Duration.ofMinutes(6));
        }
        var taken = mailFixture.server.taken().size();
        assertThat(as(customer.owner(), () -> mails.again(customer.document()))).isEqualTo(Outcome.RATE_LIMITED);
        assertThat(as(customer.member(), () -> mails.toMe(customer.document()))).isEqualTo(Outcome.RATE_LIMITED);
        mailFixture.deliverAfter(Duration.ofMinutes(6));
        assertThat(mailFixture.server.taken()).hasSize(taken);
        assertThat(as(other.owner(), () -> mails.again(other.document()))).isEqualTo(Outcome.DONE);

        mailFixture.clock.stopAt(mailFixture.clock.instant().plus(Duration.ofHours(25)));
        assertThat(as(customer.owner(), () -> mails.again(customer.document()))).isEqualTo(Outcome.DONE);
    }

    @Test
    void limitsHowManyDocumentsOfAnOrganizationAreSent() {
        var customer = customer("flooding");
        mailFixture.deliver();
        mailFixture.clock.stopAt(mailFixture.clock.instant().plus(Duration.ofHours(25)));
        invoices.credit(customer.wallet(), "0.1");
        mailFixture.deliverAfter(Duration.ofMinutes(6));
        billingFixture.in(() -> billingFixture.sql.update(
                """
                insert into mail (id, template, locale, recipient, variables, state, next_try_at, idempotency_key, created_at, invoice_id)
                select gen_random_uuid(), m.template, m.locale, m.recipient, '{}', 'SENT', m.next_try_at, m.idempotency_key || n,
                       m.created_at + make_interval(mins => n), m.invoice_id
                  from mail m
                  join invoice v on v.id = m.invoice_id and v.organization_id = ? and v.id <> ?
                 cross join generate_series(1, ?) n
                """, customer.organization(), customer.document(), InvoiceDelivery.ORGANIZATION_MAX - 2));
        mailFixture.clock.stopAt(mailFixture.clock.instant().plus(Duration.ofHours(1)));
        assertThat(as(customer.owner(), () -> mails.again(customer.document()))).isEqualTo(Outcome.DONE);
        mailFixture.deliverAfter(Duration.ofMinutes(6));
        assertThat(as(customer.owner(), () -> mails.again(customer.document()))).isEqualTo(Outcome.RATE_LIMITED);
    }

    @Test
    void refusesToSendForReadOnlyMembersAndStrangers() {
        var customer = customer("members");
        var stranger = customer("strangers").owner();
        mailFixture.deliver();
        mailFixture.clock.stopAt(mailFixture.clock.instant().plus(Duration.ofHours(1)));

        assertThatThrownBy(() -> as(customer.member(), () -> mails.again(customer.document())))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(as(customer.member(), () -> mails.toMe(customer.document()))).isEqualTo(Outcome.DONE);
        assertThatThrownBy(() -> as(stranger, () -> mails.of(customer.document())))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as(stranger, () -> mails.toMe(customer.document())))
                .isInstanceOf(NotFoundException.class);
        mailFixture.deliver();

        assertThat(mailFixture.server.taken()).hasSize(5);
        assertThat(mailFixture.server.taken().get(4).recipients()).containsExactly("member@members.example");
    }

    @Test
    void attachesAnXRechnungIfWantedAndPossible() throws MessagingException, IOException {
        var before = customer("formal");
        as(before.owner(), () -> {
            mails.setXRechnung(before.organization(), true);
            return true;
        });
        assertThatThrownBy(() -> as(before.member(), () -> {
                    mails.setXRechnung(before.organization(), false);
                    return true;
                }))
                .isInstanceOf(AccessDeniedException.class);
        mailFixture.deliver();
        assertThat(parts(mailTo("owner@formal.example"))).hasSize(2);

        printer.isFormal = true;
        mailFixture.clock.stopAt(mailFixture.clock.instant().plus(Duration.ofHours(1)));
        billingFixture.in(() -> mails.again(before.document()));
        mailFixture.deliver();
        var parts = parts(message(mailFixture.server.taken().get(3)));
        assertThat(parts).hasSize(3);
        assertThat(parts.get(2).getFileName()).endsWith("-xrechnung-ubl.xml");
        assertThat(parts.get(2).getContentType()).startsWith("application/xml");
    }

    @Test
    void mailsCreditNotes() throws MessagingException, IOException {
        var customer = customer("credited");
        mailFixture.deliver();
        invoices.credit(customer.wallet(), "0.5");
        mailFixture.deliverAfter(Duration.ofMinutes(6));

        assertThat(mailFixture.server.taken()).hasSize(4);
        var note = mailFixture.server.taken().stream()
                .skip(2)
                .filter(receivedMail -> receivedMail.recipients().contains("owner@credited.example"))
                .findFirst()
                .orElseThrow();
        assertThat(message(note).getSubject()).startsWith("Aurora & Söhne: Rechnungskorrektur CN-2026-");
        assertThat(text(parts(message(note)).get(0))).contains("0,50\u00a0€");
    }

    @Test
    void mailsDebitNotesWithPaymentInstructions() throws MessagingException, IOException {
        var customer = customer("debited");
        mailFixture.deliver();
        invoices.debit(customer.wallet(), "0.5");
        mailFixture.deliverAfter(Duration.ofMinutes(6));

        var note = mailFixture.server.taken().stream()
                .skip(2)
                .filter(receivedMail -> receivedMail.recipients().contains("owner@debited.example"))
                .findFirst()
                .orElseThrow();
        assertThat(message(note).getSubject()).startsWith("Aurora & Söhne: Nachberechnung DN-2026-");
        assertThat(text(parts(message(note)).get(0))).contains("0,50\u00a0€", "aus Ihrem Guthaben bezahlt");
        assertThat(parts(message(note)).get(1).getFileName()).endsWith(".pdf");
    }

    private Customer customer(String name) {
        return customer(name, "billing@" + name + ".example");
    }

    private Customer customer(String name, String address) {
        return customer(name, address, "100");
    }

    private Customer customer(String name, String address, String money) {
        billingFixture.clock.stopAt(RENTED);
        var wallet = billingFixture.wallet(money);
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        billingFixture.in(() -> billingFixture.sql.update(
                "insert into organization (id, name, billing_email, country, created_at) values (?, ?, ?, 'DE', ?)",
                organization,
                name,
                address,
                RENTED));
        var owner = person(organization, "owner", name, "de");
        var member = person(organization, "member", name, "de");
        billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        billingFixture.charge(ISSUED);
        billingFixture.clock.stopAt(ISSUED);
        assertThat(invoices.issue(wallet, io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER)
                        .documents())
                .isEqualTo(1);
        var document = billingFixture.in(() ->
                billingFixture.sql.one("select id from invoice where wallet_id = ?", row -> row.uuid("id"), wallet));
        return new Customer(organization, wallet, owner, member, document);
    }

    private static Actor person(UUID organization, String role, String customer, String language) {
        var id = UUID.randomUUID();
        billingFixture.in(() -> billingFixture.sql.update(
                "insert into person (id, email, name, locale, created_at) values (?, ?, ?, ?, ?)",
                id,
                role + "@" + customer + ".example",
                role,
                language,
                RENTED));
        billingFixture.in(() -> billingFixture.sql.update(
                "insert into membership (organization_id, person_id, role, joined_at) values (?, ?, ?, ?)",
                organization,
                id,
                role,
                RENTED));
        return new Actor(Actor.Kind.MEMBER, id, role);
    }

    private static <T> T as(Actor actor, Supplier<T> work) {
        try (var actorScope = Actors.enter(actor)) {
            return Database.in(billingFixture.tenant, work);
        }
    }

    private static Tenant tenant() {
        return new TenantDirectory(Database.administration()).current();
    }

    private MimeMessage mailTo(String recipient) throws MessagingException {
        return message(mailFixture.server.taken().stream()
                .filter(receivedMail -> receivedMail.recipients().contains(recipient))
                .findFirst()
                .orElseThrow());
    }

    private static MimeMessage message(FakeMailServer.ReceivedMail receivedMail) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(receivedMail.content()));
    }

    private static List<BodyPart> parts(MimeMessage message) throws MessagingException, IOException {
        assertThat(message.getContentType()).startsWith("multipart/mixed");
        var whole = (MimeMultipart) message.getContent();
        var parts = new ArrayList<BodyPart>();
        for (var i = 0; i < whole.getCount(); i++) {
            parts.add(whole.getBodyPart(i));
        }
        return parts;
    }

    private static String text(BodyPart words) throws MessagingException, IOException {
        var both = (MimeMultipart) words.getContent();
        assertThat(both.getCount()).isEqualTo(2);
        return both.getBodyPart(0).getContent().toString();
    }

    /** Asserts that the attachment is the same file that a download returns. */
    private void attached(BodyPart part, String name, Customer customer, Locale locale)
            throws MessagingException, IOException {
        assertThat(part.getFileName()).isEqualTo(name);
        assertThat(part.getDisposition()).isEqualTo(Part.ATTACHMENT);
        assertThat(part.getContentType()).startsWith("application/pdf");
        assertThat(part.getInputStream().readAllBytes()).isEqualTo(download(customer, locale));
    }

    private byte[] download(Customer customer, Locale locale) {
        try (var actorScope = Actors.enter(Actor.system("test"))) {
            return Tenancy.in(
                    billingFixture.tenant,
                    () -> printer.some(customer.document(), List.of(Format.PDF), locale)
                            .get(0)
                            .content());
        }
    }

    /** Files of documents, when they are valid; each requested in a transaction. */
    private static final class Printer extends InvoiceFiles {
        private boolean isBroken;
        private boolean isFormal;

        Printer() {
            super(
                    billingFixture.sql,
                    billingFixture.clock,
                    new TenantDirectory(Database.administration()),
                    invoiceQuery,
                    new Brands(billingFixture.sql, billingFixture.clock));
        }

        @Override
        public List<DocumentFile> some(UUID id, List<Format> wanted, Locale locale) {
            if (isBroken) {
                throw new IllegalStateException("no ink");
            }
            var made = new ArrayList<>(Database.in(Tenancy.scope(), () -> super.some(id, wanted, locale)));
            if (isFormal && wanted.contains(Format.XRECHNUNG_UBL)) {
                made.add(new DocumentFile("x-xrechnung-ubl.xml", "application/xml", new byte[] {'<'}));
            }
            return made;
        }
    }

    /** Makes the outbox fail after this number of emails. */
    private static final class Steps extends InvoiceMails {
        private int diesAfter = Integer.MAX_VALUE;

        @Override
        public int write(Tenant tenant) {
            return Database.in(Tenancy.scope(), () -> super.write(tenant));
        }

        @Override
        public boolean write(Tenant tenant, Document document, Contact contact, String occasion) {
            if (diesAfter-- <= 0) {
                throw new IllegalStateException("the node is gone");
            }
            return super.write(tenant, document, contact, occasion);
        }
    }
}
