package io.tenantry.people.identity;

import java.util.Arrays;
import java.util.Locale;

/** The network address by which failed sign-ins are counted: of IPv6 the first 64 bits, since a client controls the rest. */
public final class NetworkAddress {
    private static final int GROUPS = 8;
    private static final int NETWORK_GROUPS = 4;

    private NetworkAddress() {}

    /** Returns the network of a literal address; any other text is returned unchanged. */
    public static String network(String address) {
        var plain = address.toLowerCase(Locale.ROOT);
        int zone = plain.indexOf('%');
        if (zone >= 0) {
            plain = plain.substring(0, zone);
        }
        if (plain.startsWith("[") && plain.endsWith("]")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        if (plain.startsWith("::ffff:") && plain.indexOf('.') > 0) {
            return plain.substring("::ffff:".length());
        }
        return plain.indexOf(':') < 0 ? plain : sixtyFourBits(plain);
    }

    private static String sixtyFourBits(String address) {
        var groups = new String[GROUPS];
        Arrays.fill(groups, "0");
        int gap = address.indexOf("::");
        var head = gap < 0 ? address : address.substring(0, gap);
        var first = head.isEmpty() ? new String[0] : head.split(":", -1);
        for (int i = 0; i < Math.min(first.length, GROUPS); i++) {
            groups[i] = first[i].replaceFirst("^0+(?=.)", "");
        }
        if (gap >= 0) {
            var tail = address.substring(gap + 2);
            var last = tail.isEmpty() ? new String[0] : tail.split(":", -1);
            for (int i = 0; i < Math.min(last.length, GROUPS); i++) {
                groups[GROUPS - last.length + i] = last[i].replaceFirst("^0+(?=.)", "");
            }
        }
        return String.join(":", Arrays.copyOf(groups, NETWORK_GROUPS)) + "::/64";
    }
}
