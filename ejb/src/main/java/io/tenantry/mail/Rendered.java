package io.tenantry.mail;

/** A letter as it is sent: the same words twice, with a look and without. */
public record Rendered(String subject, String html, String text) {}
