package io.tenantry.brand;

import io.tenantry.tenancy.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The domains that a reseller's mails may come from: its own active hosts, whose possession was proven, and the domains above them. Not what
 * stands above a host of somebody else too, and not a suffix below which anybody registers names.
 *
 * @param names in the order of the hosts, each before those above it
 */
public record SenderDomains(List<String> names) {
    /** Second levels below which registries of countries sell names: with a country's two letters they are a suffix. */
    private static final Set<String> SECOND_LEVELS = Set.of(
            "ac", "art", "asn", "biz", "co", "com", "edu", "firm", "gen", "go", "gob", "gouv", "gov", "gv", "id", "ind",
            "info", "lg", "ltd", "me", "mil", "muni", "ne", "net", "nhs", "nic", "nom", "or", "org", "plc", "police",
            "pro", "sch", "school", "web");

    public SenderDomains {
        names = List.copyOf(names);
    }

    /**
     * Those of a reseller.
     *
     * @param all the resellers that there are
     * @param platformHost the platform's own
     */
    public static SenderDomains of(Tenant tenant, Collection<Tenant> all, String platformHost) {
        var foreign = new ArrayList<String>();
        foreign.add(platformHost);
        for (var other : all) {
            if (!other.id().equals(tenant.id())) {
                foreign.addAll(other.hosts());
            }
        }
        return of(tenant.hosts(), foreign);
    }

    static SenderDomains of(List<String> own, List<String> foreign) {
        var names = new ArrayList<String>();
        for (var host : own) {
            for (var name = host; name.contains("."); name = name.substring(name.indexOf('.') + 1)) {
                var candidate = name;
                var isMine = own.contains(candidate)
                        || (!isSuffix(candidate) && foreign.stream().noneMatch(other -> isAtOrAbove(candidate, other)));
                if (isMine && !names.contains(candidate)) {
                    names.add(candidate);
                }
            }
        }
        return new SenderDomains(names);
    }

    /** Whether mails may come from that address. */
    public boolean cover(String address) {
        return names.contains(address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isAtOrAbove(String name, String host) {
        return host.equals(name) || host.endsWith("." + name);
    }

    private static boolean isSuffix(String name) {
        var dot = name.indexOf('.');
        return name.length() - dot == 3 && SECOND_LEVELS.contains(name.substring(0, dot));
    }
}
