package io.tenantry.brand;

/** A link at the foot of public pages. */
public record FooterLink(String label, String url) {}
