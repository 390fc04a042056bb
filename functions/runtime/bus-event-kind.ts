import type * as z from 'zod';

/** A kind of event on the bus: its `detail-type` and the shape of its detail. Version N reads what version N−1 wrote. */
export interface BusEventKind<Type extends string, Detail extends z.ZodType> {
  readonly detailType: Type;
  readonly detail: Detail;
}

export function busEvent<const Type extends string, Detail extends z.ZodType>(
  detailType: Type,
  detail: Detail,
): BusEventKind<Type, Detail> {
  return { detailType, detail };
}
