package io.tenantry.web.layout;

import java.util.List;

/**
 * A group of places in the navigation.
 *
 * @param label the message key of its name; empty for the first, which needs none
 * @param destinations the places, in order
 */
public record NavigationSection(String label, List<NavigationItem> destinations) {}
