package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Colour;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailRendererTest {
    private static final Brand BRAND =
            Brand.of("Aurora & Söhne", Colour.of("#b93815"), Colour.of("#9f1239"), Colour.of("#0d9488"));

    @ParameterizedTest
    @EnumSource(MailTemplate.class)
    void rendersBothLanguagesInTheNameOfTheBrand(MailTemplate mailTemplate) {
        for (var locale : new Locale[] {Locale.ENGLISH, Locale.GERMAN, Locale.forLanguageTag("de-AT")}) {
            var written = new MailRenderer(BRAND, locale, "https://aurora.example")
                    .written(mailTemplate, Map.of("name", "Olga", "link", "https://aurora.example/link#s"));
            assertThat(written.subject()).contains("Aurora & Söhne");
            var whole = written.html() + written.text() + written.subject();
            assertThat(whole.contains("Olga")).isEqualTo(namesThePerson(mailTemplate));
            assertThat(whole).doesNotContainIgnoringCase("tenantry").doesNotContainPattern("\\{[a-zA-Z0-9]+}");
            assertThat(written.html()).contains("Aurora &amp; Söhne").doesNotContain("Aurora & S", "<style", "<script");
        }
        assertThat(new MailRenderer(BRAND, Locale.GERMAN, "")
                        .written(mailTemplate, Map.of("name", "Olga"))
                        .subject())
                .isNotEqualTo(new MailRenderer(BRAND, Locale.ENGLISH, "")
                        .written(mailTemplate, Map.of("name", "Olga"))
                        .subject());
    }

    @Test
    void usesTheColourOfTheBrand() {
        assertThat(render("Olga").html()).contains("background:#b93815");
    }

    @Test
    void escapesMarkupAndLineBreaksInNames() {
        var written = render("<script>alert(1)</script>\r\nBcc: x@y.example {link} {0}");
        assertThat(written.html()).doesNotContain("<script>").contains("{link}");
        assertThat(written.subject()).doesNotContain("\r", "\n");
    }

    /** An approximation of what mail programs turn into links: labels with a dot between, a scheme, an address. */
    @ParameterizedTest
    @EnumSource(MailTemplate.class)
    void linksNothingThatSomebodyTyped(MailTemplate mailTemplate) {
        var link = "https://portal.aurora.example/portal/wallet";
        for (var typed : new String[] {
            "www.evil.example", "evil.example/pay", "https://evil.example", "pay@evil.example", "evil\u3002example"
        }) {
            var facts = new HashMap<String, String>(Map.of("link", link));
            for (var fact : new String[] {"name", "about", "organization", "names", "kept", "free"}) {
                facts.put(fact, typed);
            }
            facts.put("turns", "48\t" + typed);
            facts.put("follow", "72\t" + typed);
            var written =
                    new MailRenderer(BRAND, Locale.ENGLISH, "https://aurora.example").written(mailTemplate, facts);
            for (var part : new String[] {written.subject(), written.text(), written.html()}) {
                assertThat(part.replace("aurora.example", ""))
                        .doesNotContainPattern("[\\p{L}\\d][.@:/\u3002]+(evil|example|pay)");
            }
            assertThat((written.text() + written.subject()).contains("evil")).isEqualTo(namesThePerson(mailTemplate));
            assertThat(written.text()).contains(link);
            assertThat(written.html()).contains(link);
        }
    }

    /** An invitation goes to an unknown person, whose name was typed by the sender. */
    private static boolean namesThePerson(MailTemplate mailTemplate) {
        return mailTemplate != MailTemplate.INVITATION;
    }

    @ParameterizedTest
    @ValueSource(strings = {"A.B. Müller", "Dr.med. X", "Booking.com B.V.", "Müller & Söhne", "O. K.", "..."})
    void rendersRealNamesUnchanged(String name) {
        assertThat(render(name).text().replace("\u2060", "")).contains(name);
    }

    @ParameterizedTest
    @EnumSource(MailTemplate.class)
    void requestsPaymentOnlyWithInstructions(MailTemplate mailTemplate) {
        for (var locale : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
            var mailRenderer = new MailRenderer(BRAND, locale, "https://aurora.example");
            var facts = Map.of("name", "Olga", "link", "https://aurora.example/portal/wallet");
            var without = mailRenderer.written(mailTemplate, facts);
            assertThat(hasInstructions(without)).isEqualTo(mailTemplate.asksForMoney(false));
            assertThat(requestsPayment(without) && !mailTemplate.asksForMoney(false))
                    .isFalse();
            var open = new HashMap<>(facts);
            open.put("open", "1");
            var unpaid = mailRenderer.written(mailTemplate, open);
            assertThat(hasInstructions(unpaid)).isEqualTo(mailTemplate.asksForMoney(true));
            assertThat(requestsPayment(unpaid) && !mailTemplate.asksForMoney(true))
                    .isFalse();
            assertThat(without.html() + without.text()).doesNotContain("Pay now", "Jetzt zahlen");
            var with = new HashMap<>(facts);
            with.putAll(Map.of("iban", "DE89 3704", "holder", "Aurora", "reference", "RF18", "bic", "", "bank", ""));
            var known = mailRenderer.written(mailTemplate, with);
            assertThat(known.text().contains("DE89 3704")).isTrue();
            assertThat(known.text().equals(without.text())).isFalse();
            assertThat(hasInstructions(known)).isFalse();
        }
    }

    /** Whether its text requests payment. */
    private static boolean requestsPayment(RenderedMail template) {
        return Pattern.compile(
                        "[Pp]lease (?:top up|pay)|Without payment|once you pay|[Bb]itte (?:laden|zahlen)|Ohne Zahlung|sobald Sie zahlen")
                .matcher(template.text())
                .find();
    }

    private static boolean hasInstructions(RenderedMail template) {
        return Pattern.compile("Es ist noch kein Bankkonto für Zahlungen|No bank account for payments")
                .matcher(template.text())
                .find();
    }

    private static RenderedMail render(String name) {
        return new MailRenderer(BRAND, Locale.ENGLISH, "https://aurora.example")
                .written(MailTemplate.PASSWORD_RESET, Map.of("name", name, "link", "https://aurora.example/link#s"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'will last for less than one hour', 'noch weniger als eine Stunde'",
        "1, 'will last for one hour', 'noch eine Stunde'",
        "2, 'will last for 2 hours', 'noch 2 Stunden'",
        "47, 'will last for 47 hours', 'noch 47 Stunden'",
        "48, 'will last for 2 days', 'noch 2 Tage'",
        "1000, 'will last for 41 days', 'noch 41 Tage'"
    })
    void statesTheRunway(String hours, String english, String german) {
        var facts = Map.of("name", "Olga", "about", "Kiosk {4}", "amount", "€12.35", "hours", hours);
        assertThat(new MailRenderer(BRAND, Locale.ENGLISH, "")
                        .written(MailTemplate.WALLET_LOW, facts)
                        .text())
                .contains(english + ".", "€12.35", "Kiosk {4}");
        assertThat(new MailRenderer(BRAND, Locale.GERMAN, "")
                        .written(MailTemplate.WALLET_LOW, facts)
                        .text())
                .contains(german + ".");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "DEBT_(REMINDER|FINAL_NOTICE|SUSPENDED.*|ENDED)")
    void statesALateFee(MailTemplate mailTemplate) {
        var facts = Map.of("name", "Olga", "about", "Kiosk", "amount", "EUR 12.50", "link", "https://aurora.example/x");
        var costly = new java.util.TreeMap<>(facts);
        costly.put("fee", "EUR 2.50");
        var mailRenderer = new MailRenderer(BRAND, Locale.ENGLISH, "https://aurora.example");
        assertThat(mailRenderer.written(mailTemplate, costly).text())
                .contains(". This includes a late fee of EUR 2.50. ");
        assertThat(mailRenderer.written(mailTemplate, facts).text()).doesNotContain("late fee", ".  ");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "DEBT_(REMINDER|FINAL_NOTICE|SUSPENDED.*|ENDED)")
    void listsOpenDocumentsWithTheirDueDates(MailTemplate mailTemplate) {
        var facts = new java.util.TreeMap<>(
                Map.of("name", "Olga", "about", "Kiosk", "amount", "EUR 12.50", "link", "https://aurora.example/x"));
        var english = new MailRenderer(BRAND, Locale.ENGLISH, "");
        assertThat(english.written(mailTemplate, facts).text()).doesNotContain("overdue documents", "not yet due");
        facts.put("later", "INV-3\tEUR 1.00\tDec 30, 2026");
        facts.put("documents", "INV-1 {0}\tEUR 7.00\nINV-2\tEUR 5.50\tDec 18, 2026");
        assertThat(english.written(mailTemplate, facts).text())
                .contains(
                        ". The negative balance includes these overdue documents: INV-1 {0} (EUR 7.00 open); INV-2 (EUR 5.50 open, due"
                                + " by Dec 18, 2026). The negative balance includes these documents that are not yet due: INV-3 (EUR 1.00"
                                + " open, due by Dec 30, 2026). ");
        assertThat(new MailRenderer(BRAND, Locale.GERMAN, "")
                        .written(mailTemplate, facts)
                        .text())
                .contains(
                        "Im negativen Guthaben sind diese überfälligen Belege enthalten: INV-1 {0} (offen: EUR 7.00); INV-2 (offen:"
                                + " EUR 5.50, zahlbar bis Dec 18, 2026). Im negativen Guthaben sind diese noch nicht fälligen Belege"
                                + " enthalten: INV-3 (offen: EUR 1.00, zahlbar bis Dec 30, 2026).");
    }

    @ParameterizedTest
    @EnumSource(names = {"INVOICE_ISSUED", "DEBIT_NOTE_ISSUED"})
    void asksOnlyForWhatTheBalanceDidNotPay(MailTemplate mailTemplate) {
        var facts = Map.of(
                "name",
                "Olga",
                "about",
                "INV-1",
                "amount",
                "EUR 5.15",
                "open",
                "1",
                "prepaid",
                "EUR 3.00",
                "amountDue",
                "EUR 2.15");

        assertThat(new MailRenderer(BRAND, Locale.ENGLISH, "")
                        .written(mailTemplate, facts)
                        .text())
                .contains("EUR 3.00 has been paid from your balance. The amount due is EUR 2.15. Please top up.");
        assertThat(new MailRenderer(BRAND, Locale.GERMAN, "")
                        .written(mailTemplate, facts)
                        .text())
                .contains("Davon sind EUR 3.00 aus Ihrem Guthaben bezahlt. Zu zahlen sind EUR 2.15,");
    }

    @ParameterizedTest
    @CsvSource({
        "INVOICE_ISSUED, 1, 'Nov 18, 2026', 'Please top up by Nov 18, 2026.', 'Bitte laden Sie es bis Nov 18, 2026 auf.'",
        "DEBIT_NOTE_ISSUED, 1, 'Nov 18, 2026', 'Please top up by Nov 18, 2026.', 'Bitte laden Sie es bis Nov 18, 2026 auf.'",
        "INVOICE_ISSUED, 1, '', 'Please top up.', 'Bitte laden Sie es auf.'",
        "INVOICE_ISSUED, 0, '', 'do not need to do anything.', 'müssen nichts tun.'"
    })
    void statesTheDueDateOfAnOpenDocument(
            MailTemplate mailTemplate, String open, String due, String english, String german) {
        var facts = Map.of("name", "Olga", "about", "INV-1", "amount", "EUR 1", "open", open, "due", due);
        assertThat(new MailRenderer(BRAND, Locale.ENGLISH, "")
                        .written(mailTemplate, facts)
                        .text())
                .contains(english);
        assertThat(new MailRenderer(BRAND, Locale.GERMAN, "")
                        .written(mailTemplate, facts)
                        .text())
                .contains(german);
    }

    @Test
    void includesTransferDetailsIfTheAccountIsKnown() {
        var facts = new java.util.TreeMap<>(
                Map.of("name", "Olga", "about", "Kiosk", "amount", "EUR 12.50", "link", "https://aurora.example/x"));
        var english = new MailRenderer(BRAND, Locale.ENGLISH, "");
        assertThat(english.written(MailTemplate.DEBT_REMINDER, facts).text()).doesNotContain("transfer", "IBAN");
        facts.put("holder", "Aurora <&> Söhne");
        facts.put("iban", "DE89 3704 0044 0532 0130 00");
        facts.put("reference", "RF71 0000 0000 17");
        facts.put("bic", "");
        assertThat(english.written(MailTemplate.DEBT_REMINDER, facts).text())
                .contains("""
                        Pay by bank transfer:
                        Reference: RF71 0000 0000 17
                        Account holder: Aurora <&> Söhne
                        IBAN: DE89 3704 0044 0532 0130 00

                        Pay now:
                        """)
                .doesNotContain("BIC");
        assertThat(new MailRenderer(BRAND, Locale.GERMAN, "")
                        .written(MailTemplate.DEBT_FINAL_NOTICE, facts)
                        .html())
                .contains("Zahlung per Überweisung:", "Kontoinhaber: Aurora &lt;&amp;&gt; Söhne<br>IBAN: DE89")
                .doesNotContain("<&>");
    }

    @Test
    void statesWhichServersAreSuspendedWhen() {
        var facts =
                new java.util.TreeMap<>(Map.of("name", "Olga", "about", "Kiosk", "amount", "EUR 12.50", "hours", "72"));
        var english = new MailRenderer(BRAND, Locale.ENGLISH, "");
        var german = new MailRenderer(BRAND, Locale.GERMAN, "");
        assertThat(english.written(MailTemplate.DEBT_REMINDER, facts).text())
                .contains("Amount due: EUR 12.50. Without payment, the servers will be suspended in 3 days.\n");
        facts.put("turns", "72\tweb-1\tweb-2\n24\tdata\n5\tcache");
        facts.put("kept", "mail");
        assertThat(english.written(MailTemplate.DEBT_REMINDER, facts).text())
                .contains(
                        "Amount due: EUR 12.50. Without payment, servers will be suspended one after another: web-1, web-2 in"
                                + " 3 days; data in one day; cache within one day. Not suspended: mail.\n");
        assertThat(german.written(MailTemplate.DEBT_FINAL_NOTICE, facts).text())
                .contains(
                        "werden Server nacheinander gesperrt: web-1, web-2 in 3 Tagen; data in einem Tag; cache innerhalb"
                                + " eines Tages. Nicht gesperrt: mail.\n");

        facts.put("names", "a\nb");
        facts.put("free", "b");
        facts.put("follow", "96\tdata");
        facts.put("turns", "");
        assertThat(english.written(MailTemplate.DEBT_SUSPENDED_PARTLY_CHARGED, facts)
                        .text())
                .contains("are being suspended: a, b. Without payment, more servers will be suspended: data in 4 days."
                        + " Not suspended: mail. Nothing is deleted. These servers cost nothing while"
                        + " suspended: b. All other servers")
                .contains("Without payment, they will be permanently deleted in 3 days.");
        facts.put("turns", "48\ta");
        assertThat(english.written(MailTemplate.DEBT_SUSPENDED, facts).text())
                .contains("Without payment, they will be permanently deleted one after another: a in 2 days.");
        facts.put(
                "names",
                java.util.stream.IntStream.range(0, 23)
                        .mapToObj(i -> "s" + i)
                        .collect(java.util.stream.Collectors.joining("\n")));
        assertThat(english.written(MailTemplate.DEBT_TERMINATED, facts).text()).contains("s18, s19 and 3 more. ");
    }
}
