package io.tenantry.documents.mail;

/** A letter as it is sent: the same words twice, with a look and without. */
public record RenderedMail(String subject, String html, String text) {}
