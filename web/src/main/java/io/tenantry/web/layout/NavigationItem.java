package io.tenantry.web.layout;

import java.util.List;

/**
 * A place that the navigation leads to.
 *
 * @param path its address
 * @param icon its icon in img/icons.svg
 * @param label the key of its name
 * @param thumb the key of its name in the phone's bar, where there is room for one word
 * @param also addresses of pages that belong to it, though they are not below it
 * @param needs the rights without which there is nothing to see; none if everybody may go there
 * @param own whether it is for those who act as themselves, and not for staff who act for a customer
 */
public record NavigationItem(
        String path, String icon, String label, String thumb, List<String> also, List<String> needs, boolean own) {
    NavigationItem(String path, String icon, String label) {
        this(path, icon, label, label, List.of(), List.of(), false);
    }

    /** The same place, with pages that belong to it. */
    NavigationItem with(String... also) {
        return new NavigationItem(path, icon, label, thumb, List.of(also), needs, own);
    }

    /** The same place, with a shorter name for the phone's bar. */
    NavigationItem inShort(String key) {
        return new NavigationItem(path, icon, label, key, also, needs, own);
    }

    /** The same place, for those who have all these rights. */
    NavigationItem needs(String... permissions) {
        return new NavigationItem(path, icon, label, thumb, also, List.of(permissions), own);
    }

    /** The same place, for those who act as themselves. */
    NavigationItem asOneself() {
        return new NavigationItem(path, icon, label, thumb, also, needs, true);
    }
}
