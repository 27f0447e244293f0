package io.tenantry.web.people.notification;

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
public record NotificationItem(
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
    /** The text of a toast and for screen readers: the title, with the organization unless the title names it. */
    public String said() {
        return place.isEmpty() || title.contains(place) ? title : place + ": " + title;
    }
}
