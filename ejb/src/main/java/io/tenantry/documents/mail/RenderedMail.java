package io.tenantry.documents.mail;

/** A rendered email: the same text as HTML and as plain text. */
public record RenderedMail(String subject, String html, String text) {}
