package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.util.regex.Pattern;

/** Linode's IDs of resources, which are stored as text. */
final class LinodeIds {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private LinodeIds() {}

    static boolean isOne(String text) {
        return DIGITS.matcher(text).matches();
    }

    /** Returns the ID as a JSON number. Anything but a number identifies nothing, and must never become a part of a path. */
    static long number(String id) {
        if (!isOne(id)) {
            throw new ProviderFailure(Reason.NOT_FOUND, "not a Linode ID");
        }
        return Long.parseLong(id);
    }

    static String server(String id) {
        return "/linode/instances/" + number(id);
    }

    static String volume(String id) {
        return "/volumes/" + number(id);
    }
}
