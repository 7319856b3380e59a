export {
  dateInWords,
  dayInWords,
  deadlineInWords,
  instantInWords,
  whenInWords,
} from '../../domain/words/dates.js';
