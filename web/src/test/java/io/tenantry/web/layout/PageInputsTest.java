package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every input in which something can be wrong has a message: without one, a refused page looks as if nothing had happened. Every number has
 * bounds: otherwise a typing error is stored, or refused by a database without a message.
 */
class PageInputsTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern BOUND =
            Pattern.compile("<[hp]:inputText\\b[^>]* value=\"#\\{(\\w+)\\.(?:\\w+\\.)*(\\w+)\\}\"[^>]*>");
    private static final Pattern INPUT =
            Pattern.compile("<(?:h|p):(?:input\\w+|select\\w+|password|autoComplete|datePicker|fileUpload)\\b[^>]*>");
    private static final Pattern MESSAGE = Pattern.compile("<(?:(?:h|p):message|app:field)\\b[^>]*? for=\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");

    /** A box is checked or not: every submission is valid. Hidden inputs are written by the page itself. */
    private static final Pattern NEVER_WRONG =
            Pattern.compile("<h:(?:selectBooleanCheckbox|inputHidden)\\b.*", Pattern.DOTALL);

    private static final Map<String, String> EXEMPT = Map.of(
            "WEB-INF/tags/file.xhtml #{id}", "the tag is used within app:field, which has the message",
            "staff/invoice-template.xhtml shown", "the language of the preview, which is not part of what is saved");

    /** Inputs of decimal numbers; their bounds are attributes. */
    private static final Pattern AMOUNT = Pattern.compile("<[hp]:inputText\\b[^>]* converter=\"amount\"[^>]*>");

    /** Inputs of whole numbers, with their validators. */
    private static final Pattern WHOLE = Pattern.compile(
            "<([hp]):inputText\\b(?=[^>]*(?: converterMessage=| pt:type=\"(?:number|range)\"))(?:[^>]*/>|.*?</\\1:inputText>)",
            Pattern.DOTALL);

    private static final Pattern RANGE =
            Pattern.compile("<f:validate(?:Long|Double)Range minimum=\"[^\"]+\" maximum=\"[^\"]+\"");

    /** A maximum that is not an amount of money, which the usual message would state with a currency. */
    private static final Pattern PLAIN_MOST = Pattern.compile(" most=\"[0-9]");

    private static final Map<String, String> UNBOUNDED = Map.of(
            "staff/bank-review.xhtml amount",
            "it is copied from the bank's file: anything up to the digits that an amount may have can be right");

    private static final String UNIT_PRICE = "a price for each hour, GiB or service, multiplied before it is rounded";
    private static final Map<String, String> WITH_FRACTIONS = Map.of(
            "admin/settlements/credit.xhtml amount", "what is left of a line has the decimals of its wholesale price",
            "admin/price-lists/one.xhtml monthly", "a wholesale price: it is multiplied by hours before it is rounded",
            "staff/customer-dunning.xhtml amount", "a debt is written off with its fractions",
            "staff/import-plans.xhtml cost", "the cost that the provider states",
            "staff/import-plans.xhtml markup", "a percentage or an amount that is added before the price is rounded",
            "staff/import-plans.xhtml exchange", "an exchange rate",
            "staff/transfer-price.xhtml gib", UNIT_PRICE,
            "staff/addon-prices.xhtml monthly", UNIT_PRICE,
            "WEB-INF/includes/fee-form.xhtml service", UNIT_PRICE,
            "WEB-INF/includes/fee-form.xhtml organization", UNIT_PRICE);

    @Test
    void ofAmountsHaveAMaximum() throws IOException {
        var without = new TreeSet<String>();
        var checked = 0;
        for (var page : pages()) {
            for (var found : AMOUNT.matcher(Files.readString(page)).results().toList()) {
                var input = found.group();
                checked++;
                if (!input.contains(" most=\"")
                        || (PLAIN_MOST.matcher(input).find() && !input.contains(" outside=\""))) {
                    without.add(PAGES.relativize(page) + " " + id(input));
                }
            }
        }
        assertThat(checked).isGreaterThan(25);
        assertThat(without).containsExactlyInAnyOrderElementsOf(UNBOUNDED.keySet());
    }

    /** An amount to pay or to credit has no fractions of its currency's smallest unit; other numbers state their decimals. */
    @Test
    void ofAmountsStateTheirCurrencyOrDecimals() throws IOException {
        var without = new TreeSet<String>();
        for (var page : pages()) {
            AMOUNT.matcher(Files.readString(page))
                    .results()
                    .map(MatchResult::group)
                    .filter(input -> !input.contains(" currency=\"") && !input.contains(" decimals=\""))
                    .forEach(input -> without.add(PAGES.relativize(page) + " " + id(input)));
        }
        assertThat(without).containsExactlyInAnyOrderElementsOf(WITH_FRACTIONS.keySet());
    }

    @Test
    void ofWholeNumbersHaveARange() throws IOException {
        var without = new TreeSet<String>();
        var checked = 0;
        for (var page : pages()) {
            for (var found : WHOLE.matcher(Files.readString(page)).results().toList()) {
                var input = found.group();
                checked++;
                if (!RANGE.matcher(input).find() || !input.contains(" validatorMessage=\"")) {
                    without.add(PAGES.relativize(page) + " " + id(input));
                }
            }
        }
        assertThat(checked).isGreaterThan(15);
        assertThat(without).isEmpty();
    }

    /** The default converter's message is in terms of programmers, and such an input would not be recognized as a number above. */
    @Test
    void ofNumbersSayWhatANumberIs() throws IOException {
        var without = new TreeSet<String>();
        var checked = 0;
        for (var page : pages()) {
            for (var found : BOUND.matcher(Files.readString(page)).results().toList()) {
                if (isNumber(found.group(1), found.group(2))) {
                    checked++;
                    if (!found.group().contains(" converterMessage=\"")
                            && !found.group().contains(" converter=\"")) {
                        without.add(PAGES.relativize(page) + " " + id(found.group()));
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(15);
        assertThat(without).isEmpty();
    }

    /** Returns whether the class of a bean has a getter of a number with that name. */
    private static boolean isNumber(String bean, String property) throws IOException {
        var name = bean.substring(0, 1).toUpperCase(Locale.ROOT) + bean.substring(1);
        var getter = Pattern.compile("\\b(?:int|long|Integer|Long|BigDecimal) get"
                + property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1) + "\\(\\)");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (var file : files.filter(path -> path.endsWith(name + ".java")).toList()) {
                if (getter.matcher(Files.readString(file)).find()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void haveMessages() throws IOException {
        var without = new TreeSet<String>();
        for (var page : pages()) {
            var text = Files.readString(page);
            var named =
                    MESSAGE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
            INPUT.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .filter(input -> !NEVER_WRONG.matcher(input).matches() || input.contains("required="))
                    .map(PageInputsTest::id)
                    .filter(id -> !named.contains(id))
                    .forEach(id -> without.add(PAGES.relativize(page) + " " + id));
        }
        assertThat(without).containsExactlyInAnyOrderElementsOf(EXEMPT.keySet());
    }

    private static String id(String input) {
        var found = ID.matcher(input);
        return found.find() ? found.group(1) : input;
    }

    private static Iterable<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.filter(path -> path.toString().endsWith(".xhtml"))
                    .sorted()
                    .toList();
        }
    }
}
