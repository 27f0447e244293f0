package io.tenantry.brand;

import io.tenantry.tenancy.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The domains that a reseller's mails may come from: its own active hosts, whose ownership was proven, and their parent domains. Excludes
 * parents of hosts that belong to others, and public suffixes, below which anyone registers names.
 *
 * @param names in the order of the hosts, each before its parents
 */
public record SenderDomains(List<String> names) {
    /** Second-level labels below which country registries sell names: with a two-character country code they are a suffix. */
    private static final Set<String> SECOND_LEVELS = Set.of(
            "ac", "art", "asn", "biz", "co", "com", "edu", "firm", "gen", "go", "gob", "gouv", "gov", "gv", "id", "ind",
            "info", "lg", "ltd", "me", "mil", "muni", "ne", "net", "nhs", "nic", "nom", "or", "org", "plc", "police",
            "pro", "sch", "school", "web");

    public SenderDomains {
        names = List.copyOf(names);
    }

    /**
     * Returns the domains of a reseller.
     *
     * @param all all resellers
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
