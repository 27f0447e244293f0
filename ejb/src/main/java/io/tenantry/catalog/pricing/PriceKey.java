package io.tenantry.catalog.pricing;

import io.tenantry.text.Confusables;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The subject of a wholesale price.
 *
 * @param provider a provider's code, or {@link #PLATFORM}
 * @param code the provider's code of a size, {@link #codeOf} of a size that is in no provider catalog, or one of {@link #ADDONS}
 * @param region the provider's code; empty for all regions without a separate price
 */
public record PriceKey(Kind kind, String provider, String code, String region) implements Comparable<PriceKey> {
    /** The provider of what is in no provider catalog: the platform itself provides it. */
    public static final String PLATFORM = "platform";

    /** Codes of add-ons: a gibibyte of volumes and snapshots, an address, backups of a server in general and by their frequency. */
    public static final Set<String> ADDONS =
            Set.of("VOLUME", "SNAPSHOT", "ADDRESS", "BACKUP", "BACKUP_DAILY", "BACKUP_WEEKLY");

    /** The maximum length of a code and of a region. */
    public static final int CODE_MAX = 100;

    /** The format that {@link #codeOf} produces. */
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,9}-[0-9]{1,9}-[0-9]{1,9}-([0-9]{1,9}|unlimited)");

    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9-]{1,30}");

    private static final Pattern ZEROS = Pattern.compile("(?<![0-9])0+(?=[0-9])");
    private static final Pattern BLANKS = Pattern.compile("[ \\p{Z}]+");

    private static final Comparator<PriceKey> ORDER = Comparator.comparing(PriceKey::kind)
            .thenComparing(PriceKey::provider)
            .thenComparing(PriceKey::code)
            .thenComparing(PriceKey::region);

    /** The kinds of goods. */
    public enum Kind {
        PLAN,
        ADDON
    }

    /** Returns the code of a size that is in no provider catalog: cores, memory in MiB, disk and transfer in GiB. */
    public static String codeOf(int vcpus, int memoryMib, int diskGib, int transferGib, boolean transferUnlimited) {
        return vcpus + "-" + memoryMib + "-" + diskGib + "-"
                + (transferUnlimited ? "unlimited" : String.valueOf(transferGib));
    }

    /** Whether the text is a valid provider code. */
    public static boolean isProvider(String text) {
        return PROVIDER.matcher(text).matches();
    }

    /** Whether the code is valid for the provider; whether the provider has it is not checked. */
    public boolean isCode() {
        return switch (kind) {
            case ADDON -> ADDONS.contains(code);
            case PLAN ->
                provider.equals(PLATFORM)
                        ? SIZE.matcher(code).matches()
                        : !code.isEmpty() && code.length() <= CODE_MAX && isPlain(code);
        };
    }

    /** Whether the region is valid. */
    public boolean isRegion() {
        return region.length() <= CODE_MAX && isPlain(region);
    }

    /** Without control characters, other blanks than single spaces, and characters that look like those of another script. */
    private static boolean isPlain(String text) {
        return text.equals(tidy(text)) && text.chars().noneMatch(Character::isISOControl) && Confusables.isClear(text);
    }

    /** Returns the same key as it is stored: single spaces, and sizes of the platform without leading zeros. */
    public PriceKey tidied() {
        var plain = tidy(code);
        var isSize = kind == Kind.PLAN
                && provider.equals(PLATFORM)
                && SIZE.matcher(plain).matches();
        return new PriceKey(kind, provider, isSize ? ZEROS.matcher(plain).replaceAll("") : plain, tidy(region));
    }

    private static String tidy(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    /** Returns the codes by which it is priced, the most specific first: backups with a policy also as backups in general. */
    List<String> codes() {
        var general = code.indexOf('_');
        return kind == Kind.ADDON && general > 0 ? List.of(code, code.substring(0, general)) : List.of(code);
    }

    /** Returns the key of the same goods in all regions. */
    public PriceKey everywhere() {
        return new PriceKey(kind, provider, code, "");
    }

    @Override
    public int compareTo(PriceKey other) {
        return ORDER.compare(this, other);
    }
}
