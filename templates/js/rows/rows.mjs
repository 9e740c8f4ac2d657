// Rows about people without names, read on this device: a table into cells, cells into facts. One file when built.

import { birthdayOf, districtOf, placesOf, statusOf, statusesOf } from "./cells.mjs";
import { columnsOf } from "./columns.mjs";
import { MOST_BYTES, MOST_ROWS, decoded, fileOf, refusal, rowsOf } from "./table.mjs";

export { MOST_BYTES, MOST_ROWS, birthdayOf, columnsOf, decoded, districtOf, fileOf, placesOf, refusal, rowsOf, statusOf, statusesOf };
