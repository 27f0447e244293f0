package io.tenantry.web.shell;

/**
 * A place that the navigation leads to.
 *
 * @param path its address
 * @param icon its icon in img/icons.svg
 * @param label the key of its name
 */
public record Destination(String path, String icon, String label) {}
