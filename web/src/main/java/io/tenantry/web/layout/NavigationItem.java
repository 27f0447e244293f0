package io.tenantry.web.layout;

import java.util.List;

/**
 * A place in the navigation.
 *
 * @param path its address
 * @param icon its icon in img/icons.svg
 * @param label the message key of its name
 * @param thumb the message key of its name in the phone's bar, where there is room for one word
 * @param also addresses of pages that belong to it, though they are not below it
 * @param needs the permissions that are required to view it; none if it is accessible to all
 * @param own whether it is hidden from staff who act for a customer
 */
public record NavigationItem(
        String path, String icon, String label, String thumb, List<String> also, List<String> needs, boolean own) {
    NavigationItem(String path, String icon, String label) {
        this(path, icon, label, label, List.of(), List.of(), false);
    }

    /** Returns the same place, with pages that belong to it. */
    NavigationItem with(String... also) {
        return new NavigationItem(path, icon, label, thumb, List.of(also), needs, own);
    }

    /** Returns the same place, with a shorter name for the phone's bar. */
    NavigationItem inShort(String key) {
        return new NavigationItem(path, icon, label, key, also, needs, own);
    }

    /** Returns the same place, restricted to people with all these permissions. */
    NavigationItem needs(String... permissions) {
        return new NavigationItem(path, icon, label, thumb, also, List.of(permissions), own);
    }

    /** Returns the same place, hidden during impersonation. */
    NavigationItem withoutImpersonation() {
        return new NavigationItem(path, icon, label, thumb, also, needs, true);
    }
}
