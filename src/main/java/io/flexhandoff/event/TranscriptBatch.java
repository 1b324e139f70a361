package io.flexhandoff.event;

import java.util.List;

/** Segments spoken since the last request, as the API takes them. */
public record TranscriptBatch(List<Segment> segments) {}
