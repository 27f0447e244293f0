package io.tenantry.billing.bank;

import io.tenantry.billing.bank.statement.ColumnMapping;
import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.billing.bank.statement.CsvProfile;
import io.tenantry.billing.bank.statement.DateOrder;
import io.tenantry.billing.bank.statement.DecimalMark;
import io.tenantry.billing.bank.statement.Direction;
import io.tenantry.billing.bank.statement.StatementReader;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Settings for reading a bank's tables, as texts by name: sent by forms and stored. Role names map to columns, counted from 0 and separated by
 * commas. Missing or empty settings are detected; the header line is always detected.
 */
public final class ProfileSettings {
    public static final String DATE_ORDER = "date_order";
    public static final String DECIMAL_MARK = "decimal_mark";
    public static final String UNSIGNED = "unsigned";
    public static final String CURRENCY = "currency";
    public static final String ACCOUNT = "account";
    /** {@link #CONFIRMED}: unused columns do not determine the direction of the money. */
    public static final String OTHER_COLUMNS = "other_columns";

    public static final String CONFIRMED = "CONFIRMED";

    /** Part of a draft but never of a saved mapping: columns whose role a person has to set. */
    public static final String UNKNOWN_COLUMNS = "unknown_columns";

    /** Lines outside the table that a person has accepted, each in a line of the text. */
    public static final String ACCEPTED_LINES = "accepted_lines";

    /** Part of a draft but never of a saved mapping: lines outside the table that are not understood, each in a line of the text. */
    public static final String UNKNOWN_LINES = "unknown_lines";

    private static final int LINES_MAX = 200;

    /** Name of the encoding of tables that do not show theirs. */
    public static final String ENCODING = "encoding";

    private static final String SEPARATOR = "separator";
    private static final int COLUMNS_MAX = 500;
    private static final int ACCOUNT_MAX = 60;

    private ProfileSettings() {}

    /** Returns the profile that settings describe; invalid settings count as absent. */
    static CsvProfile profile(Map<String, String> settings) {
        var columns = new EnumMap<ColumnRole, List<Integer>>(ColumnRole.class);
        for (var role : ColumnRole.values()) {
            columns.put(role, columns(settings.getOrDefault(role.name(), "")));
        }
        return new CsvProfile(
                value(settings, ENCODING).filter(StatementReader.encodings()::contains),
                value(settings, SEPARATOR).filter(text -> text.length() == 1).map(text -> text.charAt(0)),
                Optional.empty(),
                new ColumnMapping(columns),
                Map.of(),
                constant(settings, DATE_ORDER, DateOrder.class),
                constant(settings, DECIMAL_MARK, DecimalMark.class),
                constant(settings, UNSIGNED, Direction.class),
                currency(settings.getOrDefault(CURRENCY, "")),
                CONFIRMED.equals(settings.get(OTHER_COLUMNS)),
                lines(settings.getOrDefault(ACCEPTED_LINES, "")));
    }

    /** Returns only the valid settings. */
    static Map<String, String> known(Map<String, String> settings) {
        var known = new TreeMap<>(of(profile(settings)));
        account(settings).ifPresent(account -> known.put(ACCOUNT, account));
        return known;
    }

    /** What of settings counts for every file with the same heading: not how cells are separated, nor an encoding that files show themselves. */
    static Map<String, String> reusable(Map<String, String> settings) {
        var reusable = new TreeMap<>(known(settings));
        reusable.computeIfPresent(ENCODING, (setting, name) -> name.startsWith("UTF-") ? null : name);
        reusable.remove(SEPARATOR);
        return reusable;
    }

    /** Returns the valid settings that also apply to files without a table. */
    static Map<String, String> withoutTable(Map<String, String> settings) {
        var known = known(settings);
        known.keySet().retainAll(Set.of(ACCEPTED_LINES));
        return known;
    }

    /** Returns settings in which further lines are accepted, without a change of anything else. */
    public static Map<String, String> accepting(Map<String, String> settings, List<String> lines) {
        var accepting = new TreeMap<>(settings);
        accepting.merge(ACCEPTED_LINES, String.join("\n", lines), (known, added) -> known + "\n" + added);
        return accepting;
    }

    /** Returns the settings that describe a profile. */
    static Map<String, String> of(CsvProfile profile) {
        var settings = new TreeMap<String, String>();
        profile.encoding().ifPresent(name -> settings.put(ENCODING, name));
        profile.separator().ifPresent(sign -> settings.put(SEPARATOR, sign.toString()));
        profile.columns()
                .columns()
                .forEach((role, places) -> settings.put(
                        role.name(), places.stream().map(String::valueOf).collect(Collectors.joining(","))));
        profile.dateOrder().ifPresent(order -> settings.put(DATE_ORDER, order.name()));
        profile.decimalMark().ifPresent(mark -> settings.put(DECIMAL_MARK, mark.name()));
        profile.unsigned().ifPresent(direction -> settings.put(UNSIGNED, direction.name()));
        profile.currency().ifPresent(currency -> settings.put(CURRENCY, currency.getCurrencyCode()));
        if (profile.isOthersConfirmed()) {
            settings.put(OTHER_COLUMNS, CONFIRMED);
        }
        if (!profile.acceptedLines().isEmpty()) {
            settings.put(ACCEPTED_LINES, String.join("\n", profile.acceptedLines()));
        }
        return settings;
    }

    /** Returns the account of a file that does not state it, if the settings do. */
    static Optional<String> account(Map<String, String> settings) {
        return value(settings, ACCOUNT)
                .map(text -> text.replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}-]", ""))
                .filter(text -> !text.isEmpty() && text.length() <= ACCOUNT_MAX);
    }

    /** Returns the currency with a code; empty if the code is unknown. */
    public static Optional<Currency> currency(String code) {
        return Optional.of(code.strip().toUpperCase(Locale.ROOT))
                .filter(text -> text.matches("[A-Z]{3}"))
                .flatMap(text -> Currency.getAvailableCurrencies().stream()
                        .filter(one -> one.getCurrencyCode().equals(text))
                        .findFirst());
    }

    /** Columns, counted from 0, of a text that lists them. */
    public static List<Integer> columns(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(one -> one.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .filter(place -> place < COLUMNS_MAX)
                .distinct()
                .toList();
    }

    /** Lines of a setting that lists them. */
    public static List<String> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .limit(LINES_MAX)
                .toList();
    }

    private static Optional<String> value(Map<String, String> settings, String name) {
        return Optional.ofNullable(settings.get(name)).filter(text -> !text.isEmpty());
    }

    private static <E extends Enum<E>> Optional<E> constant(Map<String, String> settings, String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equals(settings.get(name)))
                .findFirst();
    }
}
