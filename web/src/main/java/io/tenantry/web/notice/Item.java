package io.tenantry.web.notice;

/**
 * One notice as it is shown.
 *
 * @param title what happened
 * @param text a sentence more, or empty
 * @param place the organization that it concerns, by its name; empty if it concerns none
 * @param href where it leads
 * @param at for programs
 * @param ago for people
 */
public record Item(
        long id,
        String title,
        String text,
        String place,
        String href,
        String icon,
        String tone,
        String at,
        String ago,
        boolean read) {
    /** What is said of it in passing, without a line for the organization: it names that too, unless the title does. */
    public String said() {
        return place.isEmpty() || title.contains(place) ? title : place + ": " + title;
    }
}
