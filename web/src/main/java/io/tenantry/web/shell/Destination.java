package io.tenantry.web.shell;

import java.util.List;

/**
 * A place that the navigation leads to.
 *
 * @param path its address
 * @param icon its icon in img/icons.svg
 * @param label the key of its name
 * @param also addresses of pages that belong to it, though they are not below it
 */
public record Destination(String path, String icon, String label, List<String> also) {
    Destination(String path, String icon, String label) {
        this(path, icon, label, List.of());
    }

    /** The same place, with pages that belong to it. */
    Destination with(String... also) {
        return new Destination(path, icon, label, List.of(also));
    }
}
