package io.tenantry.provider;

/**
 * Something that a vendor is at.
 *
 * @param id in the adapter's own form; kept by us as text and handed back to {@link Provider#progress}, also by another node after a restart
 */
public record Task(String id) {
    /** What needed nothing to be done. */
    public static final Task NOTHING = new Task("nothing");
}
