package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Brand;
import io.tenantry.brand.BrandImages;
import io.tenantry.brand.BrandStyle;
import io.tenantry.brand.Colour;
import io.tenantry.brand.Contact;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each email in each language, as a mail server receives it: it carries the brand's own identity and names no other party. */
@Tag("full")
class WhiteLabelTest {
    private static final UUID LOGO = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final Brand OTHER =
            Brand.of("Borealis Hosting", Colour.of("#0e7490"), Colour.of("#115e59"), Colour.of("#a21caf"));
    private static final BrandStyle LOOK =
            BrandStyle.of(Colour.of("#b93815"), Colour.of("#9f1239"), Colour.of("#0d9488"));
    private static final Contact CONTACT = new Contact(
            "hilfe@aurora.example",
            "+49 30 123",
            "https://aurora.example/hilfe",
            "Mo-Fr",
            "Söhne & Töchter",
            "post@posted.example",
            "antwort@aurora.example");
    private static final Brand FULL = new Brand(
            "Aurora & Söhne",
            LOOK,
            CONTACT,
            List.of(),
            new BrandImages(Optional.of(LOGO), Optional.empty(), Optional.empty(), Optional.empty()),
            7);

    /** A brand with nothing set but its name. */
    private static final Brand BARE = new Brand("Aurora & Söhne", LOOK, Contact.NONE, List.of(), BrandImages.NONE, 1);

    /** The platform, its components, and another brand. */
    private static final Pattern SOMEBODY_ELSE = Pattern.compile(
            Stream.concat(
                            Stream.of(
                                    "tenantry", "wildfly", "jboss", "undertow", "angus", "jakarta", "java", "borealis"),
                            Stream.of(Brand.TENANTRY, OTHER)
                                    .flatMap(brand -> Stream.of(brand.primary(), brand.secondary(), brand.accent()))
                                    .map(Colour::hex))
                    .collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    @BeforeAll
    static void prepare() {
        MailFixture.prepare();
    }

    @ParameterizedTest
    @EnumSource(MailTemplate.class)
    void everyMailNamesOnlyTheBrandInEveryLanguage(MailTemplate mailTemplate) throws MessagingException, IOException {
        for (var brand : List.of(FULL, BARE)) {
            for (var locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                var message = sent(brand, mailTemplate, locale);
                assertHeaders(message, brand);
                bodies(message, brand, mailTemplate == MailTemplate.INVITATION ? List.of() : List.of("Jürgen Größer"));
            }
        }
    }

    /** A new email needs texts in both languages and is covered above; sentences are shared by several emails. */
    @Test
    void hasExactlyTheTextsOfTheTemplates() {
        var parts = List.of("body", "do", "note", "subject", "title");
        var sentences = List.of(
                "by",
                "fee",
                "follow",
                "for-organization",
                "kept",
                "more-names",
                "no-way",
                "no-way.title",
                "of-organization",
                "open-document",
                "open-document.due",
                "open-documents",
                "prepaid",
                "documents-not-due",
                "turn",
                "transfer",
                "transfer.bank",
                "transfer.bic",
                "transfer.holder",
                "transfer.iban",
                "transfer.reference");
        var expected = Stream.concat(
                        Stream.of(MailTemplate.values())
                                .flatMap(mailTemplate -> parts.stream().map(part -> mailTemplate.key() + "." + part)),
                        Stream.concat(
                                sentences.stream(),
                                Stream.of(MailTemplate.values())
                                        .filter(MailTemplate::isDemand)
                                        .map(mailTemplate -> mailTemplate.key() + ".do.no-way")))
                .toList();
        for (var locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            var words = ResourceBundle.getBundle(
                    "io.tenantry.documents.mail.mails",
                    locale,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            assertThat(Collections.list(words.getKeys())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void usesAnAddressOfAnotherDomainOnlyForReplies() throws MessagingException {
        var contact = new Contact("", "", "", "", "", "ceo@bank.example", "");
        var brand = new Brand("Aurora & Söhne", LOOK, contact, List.of(), BrandImages.NONE, 1);
        var message = sent(brand, MailTemplate.PASSWORD_CHANGED, Locale.ENGLISH);
        assertThat(message.getFrom())
                .extracting(from -> ((InternetAddress) from).getAddress())
                .containsExactly("no-reply@posted.example");
        assertThat(message.getReplyTo()).extracting(Object::toString).containsExactly("ceo@bank.example");
    }

    @Test
    void keepsDotsAtTheStartOfLines() throws MessagingException, IOException {
        var message = sent(BARE, MailTemplate.PASSWORD_CHANGED, Locale.ENGLISH, "Olga\n.\n..two\n.three");
        assertThat(part(message, 0).getContent().toString().replace("\r\n", "\n"))
                .contains("Hello Olga\n.\n..two\n.three, your password");
    }

    @Test
    void omitsTextTypedByTheInviter() throws MessagingException, IOException {
        var typed = "Account locked, call evil.example";
        for (var locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            var message = sent(BARE, MailTemplate.INVITATION, locale, typed);
            for (int number : List.of(0, 1)) {
                assertThat(part(message, number).getContent().toString())
                        .contains(locale.equals(Locale.GERMAN) ? "Guten Tag, Sie" : "Hello, you")
                        .doesNotContain("evil.example", "locked");
            }
        }
    }

    private static void assertHeaders(MimeMessage message, Brand brand) throws MessagingException {
        var heads = Collections.list(message.getAllHeaders());
        assertThat(heads)
                .extracting(Header::getName)
                .isSubsetOf(
                        "Date",
                        "From",
                        "Reply-To",
                        "To",
                        "Message-ID",
                        "Subject",
                        "MIME-Version",
                        "Content-Type",
                        "Auto-Submitted")
                .contains("Date", "Auto-Submitted");
        assertThat(heads)
                .extracting(head -> head.getName() + ": " + head.getValue())
                .allSatisfy(head ->
                        assertThat(head).doesNotContainPattern(SOMEBODY_ELSE).matches("\\p{ASCII}*"));
        assertThat(message.getSubject()).contains("Aurora & Söhne").doesNotContainPattern(SOMEBODY_ELSE);
        assertThat(message.getMessageID()).endsWith("@posted.example>");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        var isFull = brand.equals(FULL);
        assertThat(message.getFrom()).singleElement().satisfies(from -> {
            assertThat(((InternetAddress) from).getAddress())
                    .isEqualTo(isFull ? "post@posted.example" : "no-reply@posted.example");
            assertThat(((InternetAddress) from).getPersonal()).isEqualTo(isFull ? "Söhne & Töchter" : "Aurora & Söhne");
        });
        assertThat(message.getReplyTo())
                .extracting(Object::toString)
                .containsExactly(isFull ? "antwort@aurora.example" : message.getFrom()[0].toString());
    }

    private static void bodies(MimeMessage message, Brand brand, List<String> names)
            throws MessagingException, IOException {
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        assertThat(((MimeMultipart) message.getContent()).getCount()).isEqualTo(2);
        var text = part(message, 0);
        var html = part(message, 1);
        assertThat(text.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(html.getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
        for (var part : List.of(text, html)) {
            assertThat(names)
                    .allSatisfy(name -> assertThat(part.getContent().toString()).contains(name));
            assertThat(part.getContent().toString())
                    .containsAnyOf("Aurora & Söhne", "Aurora &amp; Söhne")
                    .doesNotContainPattern(SOMEBODY_ELSE)
                    .contains(brand.contact().email());
        }
        var content = html.getContent().toString();
        assertThat(content).contains("#b93815");
        assertThat(ADDRESS.matcher(content).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allMatch(address -> address.startsWith(MailFixture.ORIGIN + "/"));
    }

    private static BodyPart part(MimeMessage message, int number) throws MessagingException, IOException {
        return ((MimeMultipart) message.getContent()).getBodyPart(number);
    }

    private static MimeMessage sent(Brand brand, MailTemplate mailTemplate, Locale locale) throws MessagingException {
        return sent(brand, mailTemplate, locale, "Jürgen Größer");
    }

    /** Over a real SMTP session, so that the sender's headers are included. */
    private static MimeMessage sent(Brand brand, MailTemplate mailTemplate, Locale locale, String name)
            throws MessagingException {
        try (var mailFixture = new MailFixture(brand)) {
            mailFixture.write(
                    mailTemplate,
                    locale,
                    Map.of(
                            "name", name,
                            "link", MailFixture.ORIGIN + "/link#secret",
                            "about", "Kiosk Müller",
                            "amount", "12,35 €",
                            "hours", "5",
                            "fee", "2,50 €",
                            "iban", "DE89 3704 0044 0532 0130 00",
                            "holder", "Aurora & Söhne",
                            "reference", "RF18 5390 0754 70"));
            mailFixture.deliver();
            assertThat(mailFixture.server.reply())
                    .allSatisfy(line -> assertThat(line).doesNotContainPattern(SOMEBODY_ELSE));
            var content = mailFixture.server.taken().get(0).content();
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content));
        }
    }
}
