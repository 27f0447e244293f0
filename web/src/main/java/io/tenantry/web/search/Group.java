package io.tenantry.web.search;

import java.util.List;

/** Lines of one sort, under their name. */
public record Group(String label, List<Entry> entries) {}
