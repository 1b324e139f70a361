/**
 * All that TaskRouter and Flex ask for: what is written on a rep's task, what moves a live call into a workflow, and what became of its
 * task. It knows no door and no route of another contact center.
 */
package io.flexhandoff.flex;
