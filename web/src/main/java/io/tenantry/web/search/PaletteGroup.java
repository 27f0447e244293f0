package io.tenantry.web.search;

import java.util.List;

/** Entries of one kind, with their label. */
public record PaletteGroup(String label, List<PaletteEntry> entries) {}
