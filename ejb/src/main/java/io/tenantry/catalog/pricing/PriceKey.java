package io.tenantry.catalog.pricing;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a wholesale price is for.
 *
 * @param provider a vendor's code, or {@link #PLATFORM}
 * @param code the vendor's code of a size, {@link #codeOf} of a size that is sold from no vendor's list, or one of {@link #OPTIONS}
 * @param region the vendor's code; empty for all regions without a price of their own
 */
public record PriceKey(Kind kind, String provider, String code, String region) implements Comparable<PriceKey> {
    /** The provider of what is sold from no vendor's list: the platform itself makes it. */
    public static final String PLATFORM = "platform";

    /** Codes of options: a gibibyte of volumes and snapshots, an address, backups of a server in general and by how often they are taken. */
    public static final Set<String> OPTIONS =
            Set.of("VOLUME", "SNAPSHOT", "ADDRESS", "BACKUP", "BACKUP_DAILY", "BACKUP_WEEKLY");

    /** Longest code and region. */
    public static final int CODE_MAX = 100;

    /** What {@link #codeOf} makes. */
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,9}-[0-9]{1,9}-[0-9]{1,9}-([0-9]{1,9}|unlimited)");

    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9-]{1,30}");

    private static final Comparator<PriceKey> ORDER = Comparator.comparing(PriceKey::kind)
            .thenComparing(PriceKey::provider)
            .thenComparing(PriceKey::code)
            .thenComparing(PriceKey::region);

    /** What sort of goods. */
    public enum Kind {
        PLAN,
        OPTION
    }

    /** The code of a size that is sold from no vendor's list: cores, memory in MiB, disk and transfer in GiB. */
    public static String codeOf(int vcpus, int memoryMib, int diskGib, int transferGib, boolean transferUnlimited) {
        return vcpus + "-" + memoryMib + "-" + diskGib + "-"
                + (transferUnlimited ? "unlimited" : String.valueOf(transferGib));
    }

    /** Whether a provider may be called that. */
    public static boolean isProvider(String text) {
        return PROVIDER.matcher(text).matches();
    }

    /** Whether the provider can have something of that code; whether a vendor does is not asked. */
    public boolean isCode() {
        return switch (kind) {
            case OPTION -> OPTIONS.contains(code);
            case PLAN ->
                provider.equals(PLATFORM)
                        ? SIZE.matcher(code).matches()
                        : !code.isEmpty() && code.length() <= CODE_MAX && isPlain(code);
        };
    }

    /** Whether a region may be called that. */
    public boolean isRegion() {
        return region.length() <= CODE_MAX && isPlain(region);
    }

    private static boolean isPlain(String text) {
        return text.equals(text.strip()) && text.chars().noneMatch(Character::isISOControl);
    }

    /** The codes by which it is priced, the most specific first: backups of a policy also as backups in general. */
    List<String> codes() {
        var general = code.indexOf('_');
        return kind == Kind.OPTION && general > 0 ? List.of(code, code.substring(0, general)) : List.of(code);
    }

    /** The same in all regions. */
    public PriceKey everywhere() {
        return new PriceKey(kind, provider, code, "");
    }

    @Override
    public int compareTo(PriceKey other) {
        return ORDER.compare(this, other);
    }
}
